import { test } from 'vitest';
import { ACTIONS } from './sequences/actions.fixture';
import { inWords, RECEIPTS, replay } from './sequences/replay.fixture';

const at = { which: 0, how: 0, stop: 0, tab: 0 };
test('pairs', async () => {
  const faults: string[] = [];
  const seen = new Set<string>();
  let runs = 0;
  const began = performance.now();
  const receive = { ...at, action: 1, which: 2 };
  for (const [a] of ACTIONS.entries())
    for (const [b] of ACTIONS.entries()) {
      const told = await replay(
        {
          messages: 5,
          steps: [
            receive,
            { ...at, action: a, stop: (a + b) % 7, how: b % 8 },
            { ...at, action: b, which: 1, how: a % 8 },
          ],
        },
        RECEIPTS[0]!,
      );
      runs++;
      if (told.violations.length > 0) {
        const kind = (told.violations[0] ?? '').replaceAll(/"[^"]*"|\d+|[0-9a-f-]{36}/g, '_');
        if (!seen.has(kind)) {
          seen.add(kind);
          faults.push(inWords(told, RECEIPTS[0]!));
        }
      }
    }
  console.log(`${runs} runs in ${performance.now() - began} ms`);
  console.log(faults.join('\n\n'));
}, 600000);
