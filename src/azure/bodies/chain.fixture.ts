import { decodeBody } from './decode-body';

/** The decode chain of a text, what it ends in, and all that its stages say is wrong or odd. */
export async function chain(text: string) {
  const { stages, format } = await decodeBody(text);
  const sentences = stages.flatMap(({ problem, remark }) => [problem, remark].filter((one) => one !== undefined));
  return {
    labels: stages.map(({ label }) => label).join(' → '),
    format,
    text: stages.at(-1)?.text,
    problem: sentences.length > 0 ? [...new Set(sentences)].join(' ') : undefined,
  };
}
