import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PartError } from './part-error';

const PAGE = 'https://tools.example/app/';
const PART = './details-AAAAAAAA.js';
const NEEDED = './popover-BBBBBBBB.js';

type Answer = { status?: number; type?: string; text: string } | 'lost' | 'hangs';

/** What the server of the page answers, by the name of the file; how the browser imports is of the test. */
const answers = new Map<string, Answer>();
let asked: string[] = [];

const script = (name: string): Answer => ({ text: `export default 1;\n//${name.slice(-11, -3)}\n` });

/** A browser that remembers failed imports, as the standard says, and counts the copies of a module that run. */
function browser() {
  const modules = new Map<string, { copy: number } | undefined>();
  let copies = 0;
  /** Files that the browser cannot get, although the page got them a moment ago. */
  const lost = new Set<string>();
  function run(address: string) {
    if (!modules.has(address)) modules.set(address, lost.has(address) ? undefined : { copy: ++copies });
    return modules.get(address);
  }
  const load = async (file: string, address?: string) => {
    const wanted = address ?? new URL(file, PAGE).href;
    const isWhole = [run(new URL(NEEDED, PAGE).href), run(wanted)].every(Boolean);
    if (!isWhole) throw new TypeError(`Failed to fetch dynamically imported module: ${wanted}`);
    return run(wanted);
  };
  return { load, lost, modules };
}

beforeEach(() => {
  vi.resetModules();
  answers.clear();
  asked = [];
  for (const file of [PART, NEEDED]) answers.set(file.slice(2), script(file));
  vi.stubGlobal('fetch', async (address: string, { signal }: { signal: AbortSignal }) => {
    asked.push(address.slice(PAGE.length));
    const answer = answers.get(new URL(address).pathname.split('/').at(-1) ?? '') ?? { status: 404, text: '' };
    if (answer === 'lost') throw new TypeError('Failed to fetch');
    if (answer === 'hangs')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    const { status = 200, type = 'text/javascript', text } = answer;
    return new Response(text, { status, headers: { 'content-type': type } });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Loads a part afresh, as a page that was just opened. */
async function opened() {
  const { loadPart } = await import('./load-part');
  const { load, ...rest } = browser();
  return {
    ...rest,
    part: (file = PART, needed = [NEEDED]) =>
      loadPart((address) => load(file, address), [file, ...needed], `${PAGE}index.js`),
  };
}

const problemOf = (loading: Promise<unknown>) =>
  loading.then(
    () => 'none',
    (error: PartError) => error.problem,
  );

const BAD: [string, Answer, string][] = [
  ['is not reached', 'lost', 'unreachable'],
  ['is a 404', { status: 404, text: 'not here' }, 'missing'],
  ['is a 500 with a script', { ...(script(PART) as object), status: 500, text: script.name }, 'missing'],
  ['is the page, as hosts answer that have one for all', { type: 'text/html', text: '<!doctype html>' }, 'missing'],
  ['is the page in the name of a script', { text: '<!doctype html>' }, 'missing'],
  ['is of another build', { text: 'export default 2;\n//CCCCCCCC\n' }, 'missing'],
  ['is cut off', { text: 'export default' }, 'missing'],
  ['is empty', { text: '' }, 'missing'],
];

for (const file of [PART, NEEDED])
  test.each(BAD)(
    `where ${file === PART ? 'the part' : 'what it needs'} %s, nothing is imported, and the next try can succeed`,
    async (_, answer, problem) => {
      const page = await opened();
      answers.set(file.slice(2), answer);
      expect(await problemOf(page.part())).toBe(problem);
      expect(await problemOf(page.part())).toBe(problem);
      // A browser would remember it.
      expect(page.modules.size).toBe(0);
      answers.set(file.slice(2), script(file));
      expect(await problemOf(page.part())).toBe('none');
      const name = file.slice(2);
      // Under another address each time, since the first may be kept somewhere on the way.
      expect(asked.filter((one) => one.startsWith(name))).toEqual([name, `${name}?again=1`, `${name}?again=2`]);
      expect([...page.modules.keys()].toSorted()).toEqual(
        [PART, NEEDED].map((one) => new URL(one, PAGE).href).toSorted(),
      );
    },
  );

test('a server that does not answer is waited for ten seconds', async () => {
  vi.useFakeTimers();
  const page = await opened();
  answers.set(PART.slice(2), 'hangs');
  const problem = problemOf(page.part());
  await vi.advanceTimersByTimeAsync(9_999);
  expect(await Promise.race([problem, Promise.resolve('waiting')])).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1);
  expect(await problem).toBe('unreachable');
});

test('a part that the browser could not import, though it had arrived, runs under another address, once', async () => {
  const page = await opened();
  const address = new URL(PART, PAGE).href;
  page.lost.add(address);
  expect(await problemOf(page.part())).toBe('unreachable');
  page.lost.clear();
  const copies = await Promise.all([page.part(), page.part(), page.part()]);
  expect(new Set(copies).size).toBe(1);
  expect(page.modules.get(address)).toBeUndefined();
  expect(await page.part()).toBe(copies[0]);
});

test('what needs a part that runs under another address asks for a reload, in place of a second copy', async () => {
  const page = await opened();
  page.lost.add(new URL(PART, PAGE).href);
  await problemOf(page.part());
  page.lost.clear();
  await page.part();
  const other = './menu-DDDDDDDD.js';
  answers.set(other.slice(2), script(other));
  expect(await problemOf(page.part(other, [PART, NEEDED]))).toBe('reload');
  expect(page.modules.has(new URL(other, PAGE).href)).toBe(false);
});

test('what the browser remembers of something that a part needs asks for a reload', async () => {
  const page = await opened();
  page.lost.add(new URL(NEEDED, PAGE).href);
  expect(await problemOf(page.part())).toBe('unreachable');
  page.lost.clear();
  expect(await problemOf(page.part())).toBe('reload');
});

test('a script that does not run is told as damaged', async () => {
  const { loadPart } = await import('./load-part');
  const broken = loadPart(() => Promise.reject(new SyntaxError('Unexpected token')), [PART], `${PAGE}index.js`);
  expect(await problemOf(broken)).toBe('damaged');
});

test('files that several parts need are fetched once', async () => {
  const page = await opened();
  const other = './menu-DDDDDDDD.js';
  answers.set(other.slice(2), script(other));
  await Promise.all([page.part(), page.part(), page.part(other)]);
  expect(asked.toSorted()).toEqual([PART, other, NEEDED].map((one) => one.slice(2)).toSorted());
});
