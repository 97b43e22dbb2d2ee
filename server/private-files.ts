import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes a folder that only this user can look into, where the platform has modes; also one that is there already. */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** Writes a file that only this user can read, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const draft = join(dirname(file), `.${process.pid}.draft`);
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
