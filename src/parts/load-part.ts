import { again, arrive, distrust, isHere } from './arrival';
import { PartError } from './part-error';

/** Imports a part, under another address where one is given. */
type Import<Module> = (address?: string) => Promise<Module>;

/** The address under which each part runs, or is about to; undefined for its own. */
const running = new Map<string, Promise<string | undefined>>();
/** Parts that run under another address, and whose own must run nowhere: a second copy would have a state of its own. */
const moved = new Set<string>();
/** How often the browser could not run a part that had arrived. */
const refusals = new Map<string, number>();

/**
 * Loads a part of the build: a chunk, the chunks that it imports and its styles. `vite.config.ts` puts every `import()` of the page
 * through it. Nothing is imported before all of its files have arrived, since a browser remembers a failed import until the
 * page is loaded anew, that of a chunk deep inside as well; so what failed can be tried again.
 * @param load imports the part
 * @param files relative to `importer`, the part itself first
 * @throws PartError, after which it can be called again
 */
export async function loadPart<Module>(
  load: Import<Module>,
  files: readonly string[],
  importer: string,
): Promise<Module> {
  const needed = files.map((file) => new URL(file, importer).href);
  const [part] = needed;
  if (part === undefined) return load();
  let address = running.get(part);
  if (!address) {
    address = start(load, part, needed);
    running.set(part, address);
    address.catch(() => running.delete(part));
  }
  return load(await address);
}

async function start(load: Import<unknown>, part: string, needed: readonly string[]): Promise<string | undefined> {
  noteFirstFiles();
  if (needed.some((file) => moved.has(file))) throw new PartError('reload');
  await Promise.all(needed.map(arrive));
  const count = refusals.get(part) ?? 0;
  try {
    await load();
    return undefined;
  } catch (cause) {
    refusals.set(part, count + 1);
    if (count === 0) {
      for (const file of needed) if (!first.has(file)) distrust(file);
      throw new PartError(
        cause instanceof TypeError && /import/.test(cause.message) ? 'unreachable' : 'damaged',
        cause,
      );
    }
  }
  // The browser remembers the failure of this address, though its files are good.
  const other = again(part, count);
  try {
    await load(other);
  } catch (cause) {
    throw new PartError('reload', cause);
  }
  moved.add(part);
  return other;
}

/** What the page was loaded with. */
const first = new Set<string>();

function noteFirstFiles(): void {
  if (first.size > 0 || typeof document === 'undefined') return;
  for (const one of document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[href]'))
    first.add('src' in one ? one.src : one.href);
  first.forEach(isHere);
}
