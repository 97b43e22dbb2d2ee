import { isLoopback } from '@/azure/protocol/loopback';
import { nodeCommand } from '@/azure/protocol/shell-text';
import { findOwnSettings } from './own-settings';

/**
 * Reads how to run the program that serves this page; undefined on other hosts, which are no program of this machine, and
 * for a path that cannot be written into a command.
 */
export async function findOwnCommand(): Promise<string | undefined> {
  return isLoopback(location.hostname) ? commandIn(await findOwnSettings()) : undefined;
}

/** `node` with the path that `queuescope.json` of the local server names. */
export function commandIn(settings: unknown): string | undefined {
  const { program } = (settings ?? {}) as { program?: unknown };
  return typeof program === 'string' ? nodeCommand(program) : undefined;
}
