import { PartError } from './part-error';

/** The script of a build's page; its name has a hash over all of the build. */
const ENTRY = /assets\/index-[\w-]+\.js/;
const PATIENCE_MS = 10_000;

let tell: () => void = () => {};

/** From now on calls `listener` when another build is why a part is gone. */
export const whenOutdated = (listener: () => void): void => {
  tell = listener;
};

/** Looks whether another build is why something failed that is told in words where it failed, which offer no reload. */
export async function lookForOther(error: unknown): Promise<void> {
  if (error instanceof PartError && (await isOutdated())) tell();
}

/** True when the server of this page has another build than the one that runs. Asks past every cache; never rejects. */
export async function isOutdated(): Promise<boolean> {
  const own = ENTRY.exec(document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '')?.[0];
  if (own === undefined) return false;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(location.pathname, { cache: 'no-store', signal });
    const found = response.ok ? ENTRY.exec(await response.text())?.[0] : undefined;
    return found !== undefined && found !== own;
  } catch {
    return false;
  }
}
