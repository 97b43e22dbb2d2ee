import { type Outcome, type Players, playSteps, stepWords } from './play';

/** Plays at most to shorten a sequence. */
const MOST_PLAYS = 30;

/** Leaves out steps while the same kind of fault occurs. Returns the shortest failing sequence. */
export async function shrink(players: Players, failed: Outcome): Promise<Outcome> {
  let shortest = failed;
  let plays = 0;
  const isSame = ({ fault }: Outcome) => fault?.kinds.some((kind) => failed.fault?.kinds.includes(kind)) ?? false;
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (let at = shortest.sequence.steps.length - 1; at >= 0 && plays < MOST_PLAYS; at--) {
      const { messages, steps } = shortest.sequence;
      if (steps.length <= 1) break;
      plays++;
      const outcome = await playSteps(players, { messages, steps: steps.filter((_, index) => index !== at) });
      if (!isSame(outcome)) continue;
      shortest = outcome;
      isShorter = true;
    }
  }
  return shortest;
}

/** A fault as a report: the steps, what should be, what is, and the requests. */
export function faultWords({ sequence: { messages, steps }, fault, refused, wire }: Outcome): string {
  const numbered = steps.map(
    (step, index) =>
      `  ${index + 1}. ${stepWords(step)}${refused.some((one) => one.step === step) ? ' (the page does not let it be done)' : ''}`,
  );
  return [
    `${fault?.kinds.join(', ')}: ${fault?.message}`,
    `With ${messages} messages, m0 to m${messages - 1}:`,
    ...numbered,
    ...block('Expected:', fault?.expected ?? []),
    ...block('Found:', fault?.found ?? []),
    ...block('Asked of the service:', wire.slice(-60)),
  ].join('\n');
}

const block = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
