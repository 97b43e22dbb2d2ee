import { command } from '../../server/command.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { CHECKS, runSteps } from './steps.mjs';

await command(async () => {
  await ensureInstalled();
  const outcomes = await runSteps(CHECKS);
  process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
});
