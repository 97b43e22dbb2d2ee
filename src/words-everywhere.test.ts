import { describe, expect, test } from 'vitest';

/** What formats numbers, dates and lists beside `src/words`. */
const FORMATS = /\.toLocale(?:Date|Time)?String\(|\bIntl\.|\.toFixed\(/;
/** Digits that are filled up; those of a number in another base are a form for machines. */
const PADS = /\.padStart\(/;
const IS_BASE = /toString\(\w+\)/;

const NOUNS =
  'accounts|bytes|changes|characters|columns|connections|copies|days|deletes|dequeues|digits|drafts|entries|errors|events|exchanges|expressions|fields|files|groups|hosts|hours|items|jobs|keys|kinds|leases|lines|messages|minutes|names|NUL characters|others|parts|places|policies|predictions|preflights|problems|queues|reasons|receives|requests|rows|rules|runs|seconds|steps|tabs|templates|texts|times|values|workers';
/** Words between a number and its noun, none of which begins another part of the sentence. */
const BETWEEN = '(?:(?!(?:after|answers|between|by|has|of) )[a-z]+ ){0,2}';
/** A noun in the plural behind a number in a template, with at most two words between. */
const IN_TEMPLATE = new RegExp(`\\$\\{(?:[^{}\`]|\\{[^{}]*\\})*\\} ${BETWEEN}(?:${NOUNS})\\b`);
/** The same in JSX, also on the next line. */
const IN_JSX = new RegExp(`(?<![$=(])(?!\\{\\.)\\{[\\w.()[\\] /*+-]+\\}(?:\\{' '\\})?\\s+${BETWEEN}(?:${NOUNS})\\b`);
/** A share in percent, unless it is a length of a drawing. */
const PERCENT =
  /^(?!.*(?:width|height|left|right|top|bottom|inset|flexBasis|background\w*|translate\w*|style)\b).*\} ?%(?![\w}])/i;
/** One or more of it, chosen by hand. */
const BY_HAND = /[=!]== 1 \? '[^']*' : '|\b[a-z]+\(s\)/;

/** Where what looks like one of these is another thing. */
const OTHERWISE: Record<string, RegExp> = {
  // Coordinates of a drawing, not shown.
  'ui/feedback/sparkline.tsx': FORMATS,
  // Text that machines read.
  'bulk/files/template.ts': PADS,
  'azure/bodies/containers/zip.ts': /\$\{size\} bytes/,
  'sandbox/properties-xml.ts': IN_TEMPLATE,
  // Beside the address that it explains.
  'lab/run/params.ts': IN_TEMPLATE,
  // A verb: a lease runs.
  'features/lab/scene/timeline.tsx': /runs until/,
  // Choices that are none between one and many.
  'azure/connection-input/normalise-whitespace.ts': BY_HAND,
  'features/jobs/dialogs/work-dialog.tsx': BY_HAND,
  'features/lab/text/setting-text.ts': BY_HAND,
  'features/sandbox/sandbox-time.tsx': BY_HAND,
};

/** Every place of a file that writes a number, a date or a counted noun by itself, as a sentence. */
function strays(path: string, source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replaceAll(/[^\n]/g, ''));
  const found = [...code.split('\n').entries()].flatMap(([index, line]) => {
    const isStray =
      FORMATS.test(line) ||
      (PADS.test(line) && !IS_BASE.test(line)) ||
      IN_TEMPLATE.test(line) ||
      BY_HAND.test(line) ||
      PERCENT.test(line);
    return isStray && !OTHERWISE[path]?.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [];
  });
  const inText = path.endsWith('.tsx') ? [...code.matchAll(new RegExp(IN_JSX, 'g'))] : [];
  return [...found, ...inText.map(([text]) => `${path}: ${text.replaceAll(/\s+/g, ' ')}`)];
}

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./words/**', '!./**/*.{d,test,fixture}.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('numbers, dates and counted nouns', () => {
  test('are written by src/words alone', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(500);
    expect(Object.entries(sources).flatMap(([path, source]) => strays(path.replace(/^\.\//, ''), source))).toEqual([]);
  });

  test.each([
    ['a.ts', 'return size.toLocaleString();'],
    ['a.ts', "new Intl.NumberFormat('de')"],
    ['a.ts', 'ratio.toFixed(2)'],
    ['a.ts', "String(minutes).padStart(2, '0')"],
    ['a.ts', 'const text = `${messages.length} messages`;'],
    ['a.ts', 'const text = `${count(all)} more messages left`;'],
    ['a.tsx', '<p>{count(lines.more)} more changed lines</p>'],
    ['a.ts', 'const text = `and ${more} more kinds`;'],
    ['a.ts', 'const text = `${ids.length} message(s)`;'],
    ['a.ts', 'announce(`Browsed ${now * 25} % of ${queue}`);'],
    ['a.tsx', '{Math.floor(share * 100)}%'],
    ['a.ts', "`${n} ${n === 1 ? 'key' : 'keys'}`"],
    ['a.ts', "const are = n === 1 ? 'message is' : 'messages are';"],
    ['a.tsx', '<p>{names.length} queues</p>'],
    ['a.tsx', "<p>\n  {count(names.length)}{' '}\n  queues\n</p>"],
  ])('in %s a stray is found: %s', (path, source) => {
    expect(strays(path, source)).toHaveLength(1);
  });

  test.each([
    ['a.ts', "byte.toString(16).padStart(2, '0')"],
    ['a.ts', 'const text = `${counted(n, "message")} of ${name}`;'],
    ['a.tsx', 'style={{ width: `${share * 100}%` }}'],
    ['a.tsx', '<Keys label={label} keys={keys} />'],
    ['a.ts', '// 3 of ${n} messages'],
  ])('in %s another thing is none: %s', (path, source) => {
    expect(strays(path, source)).toEqual([]);
  });
});
