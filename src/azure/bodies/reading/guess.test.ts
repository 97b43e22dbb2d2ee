import { describe, expect, test } from 'vitest';
import { decodeBody, guessFormat } from '../decode-body';
import { KINDS, randomText, seeded } from './random-texts.fixture';
import { isReadRight, realBodies } from './real-bodies.fixture';

/** Enough that one wrong in a hundred is noticed; the bench takes 20,000 of each. */
const SAMPLE = 300;

describe('a text without a meaning stays text', () => {
  test.each(KINDS)('%s', async (kind) => {
    const random = seeded(1);
    const wrong: string[] = [];
    for (let index = 0; index < SAMPLE; index++) {
      const text = randomText(kind, random);
      const { format, stages } = await decodeBody(text);
      if (format !== 'TEXT' || stages.length > 1 || guessFormat(text).format !== 'TEXT') wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });
});

test('what producers write is read to its payload', async () => {
  const wrong: unknown[] = [];
  for (const body of await realBodies(2, 2)) {
    const { stages } = await decodeBody(body.body);
    if (!isReadRight(body, stages))
      wrong.push({ ...body, got: stages.map(({ label, text }) => [label, text?.slice(0, 60)]) });
  }
  expect(wrong).toEqual([]);
});
