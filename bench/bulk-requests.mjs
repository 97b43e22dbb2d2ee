// Requests of bulk work by kind, beside the fewest that the protocol allows: `npm run bench -- bulk-requests`. In the sandbox at
// 10, 50, 100 and 300 ms a request, in simulated time, and at an Azurite with a tenth of the messages.
import { command } from '../server/command.mjs';
import { report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';

const TARGETS = { requests: 1.1, renewals: 0.05 };
/** The last one as an emulator with a long queue: 20 requests a second. */
const LATENCIES = [10, 50, 100, 300];

/** @typedef {import('../src/bulk/planning/situation.fixture.ts').Situation} Situation */
/** @type {[name: string, situation: Situation, small?: Partial<Situation>][]} */
const SITUATIONS = [
  ['Delete 3 of 50', { doing: 'delete', messages: 50, chosen: 3 }, {}],
  [
    'Change and redrive 1,600 of 5,000',
    { doing: 'changeAndMove', messages: 5000, chosen: 1600 },
    { messages: 500, chosen: 160 },
  ],
  ['Delete 800 of 3,400', { doing: 'delete', messages: 3400, chosen: 800 }, { messages: 340, chosen: 80 }],
  ['Change text of 1,600 of 5,000', { doing: 'change', messages: 5000, chosen: 1600 }, { messages: 500, chosen: 160 }],
  ['Change text of all 2,000', { doing: 'change', messages: 2000, chosen: undefined }, { messages: 200 }],
  ['Copy all 2,000', { doing: 'copy', messages: 2000, chosen: undefined }, { messages: 200 }],
  [
    'Move 600 of 2,000, 5 a second',
    { doing: 'move', messages: 2000, chosen: 600, perSecond: 5 },
    { messages: 100, chosen: 30 },
  ],
  ['Export 2,600', { doing: 'export', messages: 2600, chosen: undefined }, { messages: 260 }],
];

const count = (/** @type {number} */ value) => value.toLocaleString('en-GB');

await command(() =>
  onStage(async ({ bench, endpoint, page }) => {
    await page.goto(bench);
    const script = `${bench}/bulk-requests.js`;
    /** @type {({ name: string, service: string } & import('./page/bulk-requests.ts').CountedRequests)[]} */
    const results = [];
    for (const [name, situation, small] of SITUATIONS) {
      for (const latency of LATENCIES) {
        const measured = await page.evaluate(
          async ({ address, ...given }) => {
            /** @type {typeof import('./page/bulk-requests.ts')} */
            const { requestsInSandbox } = await import(address);
            return requestsInSandbox(given.situation, given.latency);
          },
          { address: script, situation, latency },
        );
        results.push({ name, service: `${latency} ms`, ...measured });
      }
      const measured = await page.evaluate(
        async ({ address, ...given }) => {
          /** @type {typeof import('./page/bulk-requests.ts')} */
          const { requestsAtService } = await import(address);
          return requestsAtService(given.endpoint, given.situation, given.queues);
        },
        {
          address: script,
          endpoint,
          situation: { ...situation, ...small },
          queues: /** @type {[string, string]} */ ([`from-${results.length}`, `to-${results.length}`]),
        },
      );
      const fewer = { ...situation, ...small };
      results.push({ name: `${name}: ${fewer.chosen ?? 'all'} of ${fewer.messages}`, service: 'Azurite', ...measured });
    }
    const worst = Math.max(...results.map(({ requests, fewest }) => requests / fewest));
    const renewals = Math.max(...results.map(({ counts, requests }) => counts.renewal / requests));
    const bad = results.filter(({ violations }) => violations.length > 0);
    for (const { name, service, violations } of bad) console.error(name, service, violations.slice(0, 3));
    await report({
      rows: [
        ['', 'at', 'receive', 'put', 'delete', 'change', 'return', 'renew', 'all', 'fewest', 'times', 's'],
        ...results.map(({ name, service, counts, requests, fewest, seconds }) => [
          name,
          service,
          count(counts.receive),
          count(counts.put),
          count(counts.delete),
          count(counts.change),
          count(counts.return),
          count(counts.renewal),
          count(requests),
          count(fewest),
          (requests / fewest).toFixed(2),
          seconds.toFixed(1),
        ]),
      ],
      verdicts: [
        {
          hard: true,
          ok: bad.length === 0,
          words: `${bad.length} of ${results.length} situations left a queue otherwise than it should be`,
        },
        {
          hard: true,
          ok: worst <= TARGETS.requests,
          words: `${worst.toFixed(2)} times the fewest requests at worst, target ${TARGETS.requests}`,
        },
        {
          hard: true,
          ok: renewals <= TARGETS.renewals,
          words: `${(renewals * 100).toFixed(1)} % renewals at worst, target ${TARGETS.renewals * 100} %`,
        },
      ],
      figures: { targets: TARGETS, results },
      claimed: {
        'requests over the fewest': worst,
        '% of renewals': renewals * 100,
        ...Object.fromEntries(results.map(({ name, service, requests }) => [`${name}, ${service}`, requests])),
      },
    });
  }),
);
