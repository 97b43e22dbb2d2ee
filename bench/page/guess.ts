import { decodeBody, guessFormat } from '@/azure/bodies/decode-body';
import { type Kind, randomText, seeded } from '@/azure/bodies/reading/random-texts.fixture';
import { isReadRight, realBodies } from '@/azure/bodies/reading/real-bodies.fixture';

/** How many were read wrong, some of them, and by which producer. */
export type Wrong = { of: number; wrong: number; examples: string[] };

const EXAMPLES = 5;

/**
 * Random texts that are shown as anything but text: by the row at first sight, or decoded. `length`: of all of them;
 * 0: from 1 to 4,096.
 */
export async function measureRandom(kind: Kind, count: number, seed: number, length: number): Promise<Wrong> {
  const random = seeded(seed);
  const result: Wrong = { of: count, wrong: 0, examples: [] };
  for (let index = 0; index < count; index++) {
    const text = length > 0 ? randomText(kind, random, length) : randomText(kind, random);
    const { format, stages } = await decodeBody(text);
    const atSight = guessFormat(text).format;
    if (format === 'TEXT' && stages.length === 1 && atSight === 'TEXT') continue;
    result.wrong++;
    if (result.examples.length < EXAMPLES)
      result.examples.push(`${text.slice(0, 40)} (${atSight}; ${stages.map(({ label }) => label).join(' → ')})`);
  }
  return result;
}

/** Bodies in the forms of known producers that were not read to their payload. */
export async function measureReal(rounds: number, seed: number): Promise<Wrong> {
  const bodies = await realBodies(rounds, seed);
  const result: Wrong = { of: bodies.length, wrong: 0, examples: [] };
  for (const body of bodies) {
    const { stages } = await decodeBody(body.body);
    if (isReadRight(body, stages)) continue;
    result.wrong++;
    if (result.examples.length < EXAMPLES)
      result.examples.push(`${body.producer} (${stages.map(({ label }) => label).join(' → ')})`);
  }
  return result;
}
