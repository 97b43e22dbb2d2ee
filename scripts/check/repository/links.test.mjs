import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../../server/command.mjs';
import { filesIn } from './repository-files.fixture.mjs';

const LONGEST_README = 120;
const FOLDERS = ['docs', 'src', 'server', 'scripts', 'bench', 'e2e'];
const SELF = 'scripts/check/repository/links.test.mjs';

/** @typedef {Map<string, string>} Texts by path from the root, with `/` */

/** @param {string[]} paths @returns {Texts} */
const read = (paths) => new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));

/** Without what is code and not prose. @param {string} text */
const withoutBlocks = (text) => text.replaceAll(/^( *)(```|~~~)[^]*?^\1\2.*$/gm, '');

/** The anchors of a paper, as the host makes them of its headings. @param {string} text */
function anchorsOf(text) {
  const anchors = new Set();
  for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#{1,6} +(.+?)\s*$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let copy = 1; anchors.has(anchor); copy++) anchor = `${slug}-${copy}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Where the links and pictures of a paper lead, but for other sites. @param {string} text */
function linksOf(text) {
  const prose = withoutBlocks(text).replaceAll(/`[^`\n]+`/g, '');
  const found = [
    ...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g),
    ...prose.matchAll(/<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"/g),
    ...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm),
  ];
  return found.map(([, target = '']) => target).filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/**
 * Everything in these texts that leads nowhere, as sentences.
 * @param {Texts} texts papers and code
 * @param {(path: string) => boolean} isThere
 */
function brokenLinks(texts, isThere) {
  /** @type {string[]} */
  const broken = [];
  const follow = (
    /** @type {string} */ from,
    /** @type {string} */ path,
    /** @type {string} */ anchor,
    shown = path,
  ) => {
    if (path.startsWith('..') || !isThere(path)) broken.push(`${from}: ${shown} is not there`);
    else if (anchor !== '' && !anchorsOf(texts.get(path) ?? '').has(anchor))
      broken.push(`${from}: ${path} has no heading for #${anchor}`);
  };
  for (const [from, text] of texts) {
    if (from.endsWith('.md')) {
      for (const target of linksOf(text)) {
        const [file = '', anchor = ''] = decodeURI(target).split('#');
        follow(
          from,
          file === '' ? from : join(dirname(from), file).replaceAll('\\', '/').replace(/\/$/, ''),
          anchor,
          target,
        );
      }
      // Files of the repository that are named rather than linked.
      for (const [, path = ''] of withoutBlocks(text).matchAll(
        /`((?:src|server|scripts|bench|docs|e2e)\/[\w./-]+\.\w+)(?:#[\w-]+)?`/g,
      ))
        follow(from, path, '');
    }
    // In comments of code as in papers: `docs/decisions/wire.md#retries-live-in-the-transport`.
    for (const [, path = '', anchor = ''] of text.matchAll(/\b(docs\/[\w./-]+\.md)(?:#([\w-]+))?/g))
      if (!from.endsWith('.md') || anchor !== '') follow(from, path, anchor);
  }
  return [...new Set(broken)];
}

/** @param {string} path */
const isInRepository = (path) => existsSync(join(ROOT, path));

test('every link between papers, and from code to papers, leads somewhere', () => {
  const files = filesIn(FOLDERS).filter((path) => /\.(md|mjs|ts|tsx|css|html|json)$/.test(path) && path !== SELF);
  const papers = files.filter((path) => path.endsWith('.md'));
  expect(papers.length).toBeGreaterThan(10);
  expect(brokenLinks(read(files), isInRepository)).toEqual([]);
});

test('every paper below docs is linked from another', () => {
  const papers = read(filesIn(FOLDERS).filter((path) => path.endsWith('.md')));
  const linked = new Set(
    [...papers].flatMap(([from, text]) =>
      linksOf(text).map((target) => join(dirname(from), target.split('#')[0] ?? '').replaceAll('\\', '/')),
    ),
  );
  expect([...papers.keys()].filter((path) => path.startsWith('docs/') && !linked.has(path))).toEqual([]);
});

test(`the README has ${LONGEST_README} lines at most, and its one picture is an image`, () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(LONGEST_README);
  const pictures = linksOf(readme).filter((target) => /\.(png|svg|jpe?g)$/.test(target));
  expect(pictures).toHaveLength(1);
  for (const picture of pictures) expect(statSync(join(ROOT, picture)).size).toBeGreaterThan(1000);
});

describe('a planted link is found', () => {
  const paper = '# Guide\n\n## Peek & receive\n\n## `x-ms-date` and [a link](a.md)\n\n## Same\n\n## Same\n';
  const broken = (/** @type {Record<string, string>} */ texts) => {
    const all = new Map(Object.entries({ 'docs/guide.md': paper, ...texts }));
    return brokenLinks(new Map([...all].map(([path, text]) => [path, text.replace('(a.md)', '(guide.md)')])), (path) =>
      [...all.keys(), 'src', 'docs/a.png'].includes(path),
    );
  };

  test.each([
    ['README.md', '[the guide](docs/gide.md)', 'docs/gide.md is not there'],
    ['README.md', '[receive](docs/guide.md#receive)', 'no heading for #receive'],
    ['README.md', '# Here\n[there](#there)', 'no heading for #there'],
    ['README.md', '![a picture](docs/b.png)', 'docs/b.png is not there'],
    ['README.md', '<img src="docs/b.png" alt="">', 'docs/b.png is not there'],
    ['README.md', '[by name]: docs/b.png', 'docs/b.png is not there'],
    ['README.md', 'see `src/gone.ts`', 'src/gone.ts is not there'],
    ['docs/other.md', '[above](../../secret.md)', 'is not there'],
    ['docs/other.md', '[twice](guide.md#same-2)', 'no heading for #same-2'],
    ['README.md', '# Text\n```\n# Fenced\n```\n[fenced](#fenced)', 'no heading for #fenced'],
    ['src/a.ts', '/** See docs/decisions/none.md. */', 'docs/decisions/none.md is not there'],
    ['src/a.ts', '// docs/guide.md#nothing', 'no heading for #nothing'],
  ])('%s: %s', (path, text, words) => {
    const found = broken({ [path]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  test('and those that lead somewhere are not', () => {
    expect(
      broken({
        'README.md': `# Read me
[guide](docs/guide.md) [receive](docs/guide.md#peek--receive) [date](docs/guide.md#x-ms-date-and-a-link) [again](docs/guide.md#same-1)
[here](#read-me) [code](src) [site](https://example.com/none.md#x) ![](docs/a.png) \`[no](link.md)\`
\`\`\`sh
[no](link.md)
\`\`\`
`,
        'src/a.ts': '// docs/guide.md says why: docs/guide.md#same.',
      }),
    ).toEqual([]);
  });
});
