/* oxlint-disable unicorn/consistent-function-scoping -- what runs in the page has only what it brings along */
import type { Page } from '@playwright/test';
import library from 'axe-core';

/** The rules of WCAG 2.2 AA, those of good practice, and those that axe still tries out. */
const TAGS: string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];

/** What axe says of the page that does not hold here. */
const WRONG: readonly { rule: string; html: RegExp }[] = [
  // A separator that can be moved is a widget (ARIA 1.2); axe knows the one that cannot.
  { rule: 'focus-order-semantics', html: /role="separator"/ },
  // axe joins what stands in different elements without a comma; `labelsNotInNames` looks for each piece, in its order.
  { rule: 'label-content-name-mismatch', html: /^<button/ },
];

/** The rules whose outcome depends on colours alone. */
export const OF_COLOURS: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * The violations that axe finds, each with its element: of all rules, or of those that are named. axe stays in the page from one
 * screen to the next, and sends back its violations alone: its builder for Playwright loads it anew each time and sends all that it
 * has looked at, three times as slow.
 */
export async function axe(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(library.source);
    await page.evaluate(() => {
      // axe reads the colour of letters from a property of which a browser tells no forced colour.
      // oxlint-disable-next-line typescript/unbound-method -- called with its declaration below
      const { getPropertyValue } = CSSStyleDeclaration.prototype;
      CSSStyleDeclaration.prototype.getPropertyValue = function valueOf(name) {
        const isLetters = name === '-webkit-text-fill-color' && matchMedia('(forced-colors: active)').matches;
        return getPropertyValue.call(this, isLetters ? 'color' : name);
      };
    });
  }
  const runOnly = rules ? { type: 'rule' as const, values: [...rules] } : TAGS;
  const violations = await page.evaluate(async (only) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof library };
    const found = await inPage.run(document, { runOnly: only, resultTypes: ['violations'] });
    const all = found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary }) => ({ id, target, html, why: failureSummary })),
    );
    // What a sticky line lies over is as large as it is once one has scrolled to it, as the focus does.
    const kept: typeof all = [];
    for (const one of all) {
      const [path] = one.target;
      if (one.id === 'target-size' && typeof path === 'string') {
        document.querySelector(path)?.scrollIntoView({ block: 'center', behavior: 'instant' });
        const again = await inPage.run(path, { runOnly: ['target-size'], resultTypes: ['violations'] });
        if (again.violations.length === 0) continue;
      }
      kept.push(one);
    }
    return kept;
  }, runOnly);
  return violations
    .filter(({ id, html }) => !WRONG.some(({ rule, html: shape }) => rule === id && shape.test(html)))
    .map(({ id, target, html, why }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)} ${why}`);
}

/**
 * The controls whose names lack what they show (WCAG 2.5.3), after `axe` has run on the page. Each piece of visible text has to
 * be in the name, in the order of the pieces; hints of keys and the letters of a tile are no labels.
 */
export const labelsNotInNames = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const CONTROLS =
      'button, a[href], summary, select, textarea, input, [role=button], [role=link], [role^=menuitem], [role=option], [role=tab], [role=radio], [role=switch], [role=checkbox], [role=slider]';
    const inWords = (text: string) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
    const isSeen = (element: Element | null) =>
      element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ?? false;
    /** Hidden by its size or its clip, for screen readers alone. */
    const isUnseen = (element: Element | null) => element?.closest('.sr-only, .max-desk\\:sr-only') !== null;

    function piecesOf(control: HTMLElement): string[] {
      if (control.matches('input, select, textarea'))
        return [...((control as HTMLInputElement).labels ?? [])]
          .filter(isSeen)
          .flatMap((label) => textsIn(label, control));
      return textsIn(control, control);
    }
    function textsIn(holder: HTMLElement, control: HTMLElement): string[] {
      const descriptions = (control.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id));
      const pieces: string[] = [];
      const texts = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const parent = node.parentElement;
        if (!isSeen(parent) || isUnseen(parent) || parent?.closest('option')) continue;
        // Hints of keys, tiles of two letters, and a time that runs.
        if (
          parent?.closest(
            '[aria-hidden=true].h-4, kbd[aria-hidden=true], [aria-hidden=true].size-8\\.5, time[aria-hidden=true]',
          )
        )
          continue;
        if (descriptions.some((one) => one?.contains(parent))) continue;
        pieces.push(node.textContent ?? '');
      }
      return pieces;
    }

    const { axe: inPage } = globalThis as unknown as {
      axe: {
        setup: (root: Element) => void;
        teardown: () => void;
        commons: { text: { accessibleText: (element: Element) => string } };
      };
    };
    inPage.teardown();
    inPage.setup(document.documentElement);
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (!isSeen(control) || control.closest('[aria-hidden=true], [inert]')) continue;
      // Without spaces: axe joins the texts of elements without any.
      const name = inWords(inPage.commons.text.accessibleText(control)).replaceAll(' ', '');
      let at = 0;
      for (const piece of piecesOf(control).map((text) => inWords(text).replaceAll(' ', ''))) {
        const next = name.indexOf(piece, at);
        if (next < 0) {
          found.push(`"${piecesOf(control).join('|')}" is not in "${inPage.commons.text.accessibleText(control)}"`);
          break;
        }
        at = next + piece.length;
      }
    }
    inPage.teardown();
    return found;
  });
