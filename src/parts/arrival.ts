import { PartError } from './part-error';

/** No byte in this time is no answer, in ms. */
const PATIENCE_MS = 10_000;
/** Bytes at the end of a script that hold its mark. */
const TAIL = 64;

/** How often each file did not arrive; it is asked for under another address from then on. */
const failures = new Map<string, number>();
/** The address under which each file has arrived. */
const arrivals = new Map<string, Promise<string>>();

/** The address under which a file is asked for after so many failures: what a browser remembers of the first is of no use. */
export const again = (file: string, count: number): string => (count > 0 ? `${file}?again=${count}` : file);

/** The end of a script: the hash in its name, so that no other file and no other build passes for it. The build writes it. */
const markOf = (file: string): string => `//${file.slice(-11, -3)}`;

/**
 * Resolves to the address of a file of the build once it has been fetched whole, into the cache from which the browser then
 * takes it.
 * @param file an absolute address
 * @throws PartError when it has not
 */
export function arrive(file: string): Promise<string> {
  const known = arrivals.get(file);
  if (known) return known;
  const count = failures.get(file) ?? 0;
  const address = again(file, count);
  const fetching = file.endsWith('.css') ? addStyles(address) : fetchScript(file, address);
  const arrival = fetching.then(() => address);
  arrivals.set(file, arrival);
  arrival.catch(() => {
    failures.set(file, count + 1);
    arrivals.delete(file);
  });
  return arrival;
}

/** Marks a file as loaded by the page itself. */
export const isHere = (file: string): void => void arrivals.set(file, Promise.resolve(file));

/** Has a file fetched anew when it is needed next. */
export const distrust = (file: string): void => {
  arrivals.delete(file);
  failures.set(file, (failures.get(file) ?? 0) + 1);
};

async function fetchScript(file: string, address: string): Promise<void> {
  const { isScript, tail } = await read(address, address !== file);
  if (!isScript || !tail.trimEnd().endsWith(markOf(file))) throw new PartError('missing');
}

/** Reads a file, as long as bytes come. The HTTP cache is passed over where it may have what was wrong. */
async function read(address: string, isAgain: boolean): Promise<{ isScript: boolean; tail: string }> {
  const control = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), PATIENCE_MS);
  }
  wait();
  try {
    const response = await fetch(address, { signal: control.signal, cache: isAgain ? 'reload' : 'default' });
    const type = response.headers.get('content-type') ?? '';
    const isScript = response.ok && /javascript/.test(type);
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let tail = '';
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) return { isScript, tail };
      wait();
      tail = (tail + decoder.decode(next.value.subarray(-TAIL))).slice(-TAIL);
    }
  } catch (cause) {
    throw new PartError('unreachable', cause);
  } finally {
    clearTimeout(timer);
  }
}

function addStyles(address: string): Promise<void> {
  const link = document.createElement('link');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(fail, PATIENCE_MS);
    function fail() {
      clearTimeout(timer);
      link.remove();
      reject(new PartError('unreachable'));
    }
    link.addEventListener('error', fail);
    link.addEventListener('load', () => {
      clearTimeout(timer);
      resolve();
    });
    link.rel = 'stylesheet';
    link.crossOrigin = '';
    link.href = address;
    document.head.append(link);
  });
}
