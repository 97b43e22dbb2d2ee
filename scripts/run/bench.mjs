import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal, ROOT, run } from '../../server/command.mjs';
import { whenBuilt } from './build.mjs';

/** Of `bench`: where the benches are, those of large queues apart. */
const FOLDERS = ['.', 'large'];

// Runs each bench in a process of its own, one after another, so that none disturbs the next.
// `npm run bench -- grid` runs those whose name has the word in it, with the words after it; `--json` prints a line of
// JSON for each.
await whenBuilt(async () => {
  const json = process.argv.includes('--json');
  const [word = '', ...rest] = process.argv.slice(2).filter((argument) => argument !== '--json');
  const benches = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, 'bench', folder))
      .filter((file) => file.endsWith('.mjs') && file.includes(word))
      .map((file) => join(folder, file)),
  );
  if (benches.length === 0) throw new Refusal(`No bench has "${word}" in its name.`);

  let failed = 0;
  for (const file of benches.toSorted()) {
    if (!json) console.log(`\n${basename(file, '.mjs')}\n`);
    const args = [join(ROOT, 'bench', file), ...rest, ...(json ? ['--json'] : [])];
    if ((await run(process.execPath, args)) !== 0) failed++;
  }
  process.exitCode = failed === 0 ? 0 : 1;
});
