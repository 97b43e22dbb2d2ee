/** What the bench says next: another page to go to, or a function of a module to call. */
type Told = { go: string } | { script: string; call: string; given: unknown };

const bench = decodeURIComponent(location.hash.slice(1));

/** Does what the bench says until it is told to go elsewhere. The bench drives it without a debugger, which costs work for each request. */
async function obey(): Promise<void> {
  for (;;) {
    const response = await fetch(`${bench}/next`, { cache: 'no-store' });
    const told = (await response.json()) as Told;
    if ('go' in told) return location.replace(told.go + location.hash);
    await fetch(`${bench}/result`, { method: 'POST', body: JSON.stringify(await resultOf(told)) });
  }
}

async function resultOf({ script, call, given }: Exclude<Told, { go: string }>) {
  try {
    const module = (await import(/* @vite-ignore */ script)) as Record<string, (given: unknown) => unknown>;
    return { value: await module[call]?.(given) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

void obey();
