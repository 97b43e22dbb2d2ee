import type { Sandbox } from './service';
import type { SandboxSnapshot } from './snapshot';

/** Keeps a sandbox in IndexedDB under a name; answers how to stop, after which nothing more is written. */
export async function keepSandbox(_sandbox: Sandbox, _name: string): Promise<() => void> {
  throw new Error('Not built yet');
}

/** What was kept under a name. */
export async function loadKept(_name: string): Promise<SandboxSnapshot | undefined> {
  throw new Error('Not built yet');
}

export async function forgetKept(_name: string): Promise<void> {
  throw new Error('Not built yet');
}
