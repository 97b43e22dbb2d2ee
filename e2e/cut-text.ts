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
        if (one.holder !== other.holder && covers(one.box, other.box))
          cut.push(`"${one.words}" lies over "${other.words}"`);
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
        const name = `<${at.tagName.toLowerCase()} class="${at.className.toString().slice(0, 60)}">`;
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

    function covers(one: DOMRect, other: DOMRect): boolean {
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      return width > 2 && height > Math.min(one.height, other.height) / 3;
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
