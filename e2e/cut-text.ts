// oxlint-disable unicorn/consistent-function-scoping -- what runs in the page has only itself
import type { Page } from '@playwright/test';

/**
 * Texts of the page that cannot be read whole: cut by a box that neither scrolls nor ends them in an ellipsis, outside of the
 * window, or under another text. Each as a sentence.
 */
export const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Found = { words: string; box: DOMRect; holder: Element };
    const found: Found[] = [];
    const cut: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const holder = node.parentElement;
      const words = node.textContent?.trim().slice(0, 40) ?? '';
      if (!holder || words === '' || ['SCRIPT', 'STYLE', 'OPTION'].includes(holder.tagName)) continue;
      if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        // Words for screen readers alone are in a box of one pixel, the link that skips to the main part above the window.
        if (box.width < 2 || isForReaders(holder) || box.bottom <= 0) continue;
        const by = cutter(holder, box);
        if (by === 'out of sight') continue;
        if (by) cut.push(`"${words}" is cut by ${by}`);
        else found.push({ words, box: seen(holder, box), holder });
      }
    }
    // What lies over it is another layer, such as a dialog: only what is on top is compared.
    const shown = found.filter(({ box, holder }) => {
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return top !== null && (top.contains(holder) || holder.contains(top));
    });
    for (const [index, one] of shown.entries())
      for (const other of shown.slice(index + 1))
        if (one.holder !== other.holder && covers(one, other)) cut.push(`"${one.words}" lies over "${other.words}"`);
    return [...new Set(cut)];

    /** What boxes around it that cut it, with an ellipsis, leave of it. */
    function seen(holder: Element, box: DOMRect): DOMRect {
      let { left, right, top, bottom } = box;
      for (let at: Element | null = holder; at; at = at.parentElement) {
        if (getComputedStyle(at).overflowX === 'visible' || getComputedStyle(at).display === 'inline') continue;
        const edge = at.getBoundingClientRect();
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    function isForReaders(element: Element): boolean {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { width, height } = at.getBoundingClientRect();
        if (width <= 1 && height <= 1) return true;
      }
      return false;
    }

    function cutter(holder: Element, box: DOMRect): string | undefined {
      let [free, low] = [false, false];
      for (let at: Element | null = holder; at; at = at.parentElement) {
        const { overflowX, overflowY, textOverflow, webkitLineClamp, display } = getComputedStyle(at);
        if (display === 'inline' || display === 'contents') continue;
        const edge = at.getBoundingClientRect();
        const name = `<${at.tagName.toLowerCase()} class="${at.getAttribute('class')?.slice(0, 60)}">`;
        if (overflowX === 'auto' || overflowX === 'scroll') free = true;
        if (overflowY === 'auto' || overflowY === 'scroll') low = true;
        const slack = box.height / 4;
        // Scrolled out, or hidden on purpose in a box without a size.
        if (
          (free || low) &&
          (box.bottom <= edge.top || box.top >= edge.bottom || box.right <= edge.left || box.left >= edge.right)
        )
          return 'out of sight';
        if (overflowX !== 'visible' && (edge.width < 1 || edge.height < 1)) return 'out of sight';
        if (!free && overflowX !== 'visible' && (box.right > edge.right + 1.5 || box.left < edge.left - 1.5)) {
          if (textOverflow !== 'ellipsis')
            return `${name} by ${Math.round(Math.max(box.right - edge.right, edge.left - box.left))} px`;
          free = true;
        }
        if (!low && overflowY !== 'visible' && (box.bottom > edge.bottom + slack || box.top < edge.top - slack)) {
          if (webkitLineClamp === 'none') return `${name} in height`;
          low = true;
        }
      }
      if (!free && (box.right > innerWidth + 1 || box.left < -1)) return 'the window';
      return undefined;
    }

    function covers(one: Found, other: Found): boolean {
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (width <= 2 || height <= Math.min(one.box.height, other.box.height) / 3) return false;
      // A layer that covers a part of another is no fault: what is on top has a ground of its own.
      const x = Math.max(one.box.left, other.box.left) + width / 2;
      const y = Math.max(one.box.top, other.box.top) + height / 2;
      for (let at = document.elementFromPoint(x, y); at; at = at.parentElement) {
        if (at.contains(one.holder) && at.contains(other.holder)) return true;
        if (!/^(?:rgba\(.*, 0\)|transparent)$/.test(getComputedStyle(at).backgroundColor)) return false;
      }
      return true;
    }
  });

/** The least spacing of text that a page has to bear: WCAG 2.2, 1.4.12. By a sheet that the content policy allows. */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
