import { command } from '../../server/command.mjs';
import { ensureBuilt } from '../run/build.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { BROWSER_TESTS, CHECKS, countsText, END_TO_END_TESTS, outcomeLine, runSteps, totalCounts } from './steps.mjs';
import { namedTests } from './tests-outcome.mjs';

await command(async () => {
  await ensureInstalled();
  const build = { name: 'Build and its budget', run: () => ensureBuilt().then(() => 0) };
  const start = performance.now();
  const outcomes = await runSteps([...CHECKS, BROWSER_TESTS, build, END_TO_END_TESTS]);

  const seconds = (performance.now() - start) / 1000;
  const ok = outcomes.every((outcome) => outcome.ok);
  console.log(`\n${outcomes.map(outcomeLine).join('\n')}\n${outcomeLine({ name: 'All', ok, seconds })}\n`);
  for (const line of namedTests(outcomes.map(({ tests }) => tests))) console.log(line);
  console.log(countsText(totalCounts(outcomes)));
  process.exitCode = ok ? 0 : 1;
});
