// The process that Azurite runs in: its own command line, and an end with whoever started it.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Of an installed Azurite, named by the variable `QUEUESCOPE_AZURITE` when it is not among our own packages. */
const MAIN = 'dist/src/queue/main.js';

/** Azurite gets this long to write its data down, milliseconds. */
const CLOSE_TIMEOUT_MS = 3000;

// Ctrl-C reaches this process from the terminal and from our parent; Azurite rejects the second call to close.
process.on('unhandledRejection', (reason) => {
  if (reason instanceof Error && reason.message.startsWith('Cannot close server')) return;
  throw reason;
});

// The channel brings the word to stop, but must not keep the process alive after it.
process.channel?.unref();

// The channel closes however the parent ends, a kill that it could not catch included.
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
  process.emit('SIGTERM');
});

// Messages of a person are for that person alone.
process.umask(0o077);

const program = process.env['QUEUESCOPE_AZURITE'];
// @ts-expect-error Azurite has no types for its own command line.
await (program ? import(pathToFileURL(join(program, MAIN)).href) : import('azurite/dist/src/queue/main.js'));
