/** The script of a build's page; its name has a hash over all of the build. */
const ENTRY = /assets\/index-[\w-]+\.js/;
const PATIENCE_MS = 10_000;

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
