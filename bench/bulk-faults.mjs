// Bulk operations on thousands of messages while connections break, answers get lost and the service is busy:
// `npm run bench -- bulk-faults [seed] [messages] [operation…] [--service azurite]`. Nothing may be lost, and no duplicate
// go unreported. In the sandbox by default, whose faults and clock are exact; on Azurite through a proxy that makes them.
import { command } from '../server/command.mjs';
import { faultsOnAzurite, TROUBLES } from './measure/faults-on-azurite.mjs';
import { report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';

const MESSAGES = 10_000;
const CONCURRENCY = 32;
/** On Azurite: what a browser sends at a time to one host, and a number that it does in an hour. */
const SERVICE = { concurrency: 6, messages: 200 };
const isService = process.argv.some((argument, at) => argument === '--service' && process.argv[at + 1] === 'azurite');

const [seed = Math.floor(Math.random() * 2 ** 30), messages = isService ? SERVICE.messages : MESSAGES] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);

const count = (/** @type {number | undefined} */ value) => (value ?? 0).toLocaleString('en-GB');

await command(() =>
  onStage(async ({ bench, page }) => {
    await page.goto(bench);
    const script = `${bench}/bulk-faults.js`;
    const all = await page.evaluate(
      async ({ address, onService }) => {
        /** @type {typeof import('./page/bulk-faults.ts')} */
        const faults = await import(address);
        return faults.operations(onService);
      },
      { address: script, onService: isService },
    );
    const named = all.filter((operation) => process.argv.includes(operation));
    const operations = named.length > 0 ? named : all;

    /** @type {(import('../src/bulk/jobs/fault-verdict.fixture.ts').Verdict & { trouble: string, seconds: number, resent?: number })[]} */
    const verdicts = [];
    for (const operation of operations) {
      if (isService) {
        for (const [name, faults] of TROUBLES) {
          const work = { operation, name, faults, messages, seed, concurrency: SERVICE.concurrency };
          verdicts.push(await faultsOnAzurite({ page, bench }, work));
        }
        continue;
      }
      const ofOne = await page.evaluate(
        async ({ address, ...work }) => {
          /** @type {typeof import('./page/bulk-faults.ts')} */
          const { runFaults } = await import(address);
          return runFaults(work);
        },
        { address: script, operation, messages, seed, concurrency: CONCURRENCY },
      );
      verdicts.push(...ofOne);
    }

    const bad = verdicts.filter(({ violations }) => violations.length > 0);
    for (const { operation, trouble, violations } of bad) console.error(operation, trouble, violations.slice(0, 5));
    const duplicates = verdicts.reduce((sum, verdict) => sum + verdict.duplicates, 0);
    const found = bad.length === 0 ? 'Nothing lost, no duplicate unreported' : 'Lost, or duplicated without a word';
    await report({
      rows: [
        [
          `${count(messages)} messages each`,
          'done',
          'failed',
          'maybe',
          'in both',
          'duplicates',
          'ended',
          'violations',
          's',
        ],
        ...verdicts.map(({ operation, trouble, counts, duplicates: copies, state, violations, seconds }) => [
          `${operation}, ${trouble}`,
          count(counts.done),
          count(counts.failed),
          count((counts.maybeDone ?? 0) + (counts.maybeTwice ?? 0)),
          count(counts.inBoth),
          count(copies),
          state,
          count(violations.length),
          seconds.toFixed(1),
        ]),
      ],
      verdicts: [
        {
          hard: true,
          ok: bad.length === 0,
          words: `${found} in ${verdicts.length} scenarios on ${isService ? 'Azurite' : 'the sandbox'} of ${count(messages)} messages (${count(duplicates)} duplicates, all reported), seed ${seed}`,
        },
      ],
      figures: { service: isService ? 'azurite' : 'sandbox', seed, messages, results: verdicts },
    });
  }),
);
