import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, ROOT, run } from '../../server/command.mjs';
import { whenBuilt } from './build.mjs';

// Runs each bench in a process of its own, one after another, so that none disturbs the next.
// `npm run bench -- grid` runs those whose name has the word in it, with the words after it; `--json` prints a line of
// JSON for each.
await whenBuilt(async () => {
  const json = process.argv.includes('--json');
  const [word = '', ...rest] = process.argv.slice(2).filter((argument) => argument !== '--json');
  const benches = readdirSync(join(ROOT, 'bench')).filter((file) => file.endsWith('.mjs') && file.includes(word));
  if (benches.length === 0) throw new Refusal(`No bench has "${word}" in its name.`);

  let failed = 0;
  for (const file of benches.toSorted()) {
    if (!json) console.log(`\n${file.replace('.mjs', '')}\n`);
    const args = [join(ROOT, 'bench', file), ...rest, ...(json ? ['--json'] : [])];
    if ((await run(process.execPath, args)) !== 0) failed++;
  }
  process.exitCode = failed === 0 ? 0 : 1;
});
