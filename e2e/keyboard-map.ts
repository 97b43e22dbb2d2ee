/* oxlint-disable unicorn/consistent-function-scoping -- the page is given one function, with all that it calls */
import type { Page } from '@playwright/test';

/** The most keys from where the focus is after a screen opened to any of its controls. */
const MOST_KEYS = 6;

/**
 * How many keys lead from where the focus is to each control of the screen: Tab, Shift Tab, F6, arrows in what is one tab stop, and
 * the keys that controls show. Rows, items of lists and menus do not count, nor does the palette.
 * @returns the controls that need more than `MOST_KEYS`, as "name: keys"
 */
export const farControls = (page: Page): Promise<string[]> =>
  page.evaluate((most) => {
    const CONTROL =
      'a[href], button, input, select, textarea, summary, [role=radio], [role=tab], [role=switch], [role=slider], [role=separator][tabindex], [tabindex="0"]';
    const PANES = 'nav, main, aside, section[aria-label="Activity"], [data-pane], [aria-label="Notifications"]';
    const PARTS = 'header, section, [role=tablist], footer';
    const WITHIN = '[role=radiogroup], [role=tablist], [role=toolbar], [role=grid], fieldset';
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const dialog = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].findLast(shown);
    const root: Element = dialog ?? document.body;
    const deep = (from: Element | ShadowRoot): HTMLElement[] => {
      const found: HTMLElement[] = [];
      for (const element of from.querySelectorAll<HTMLElement>('*')) {
        const isText = element.isContentEditable && !element.parentElement?.isContentEditable;
        if (isText || element.matches(CONTROL)) found.push(element);
        if (element.shadowRoot) found.push(...deep(element.shadowRoot));
      }
      return found;
    };
    const all = deep(root).filter(
      (element) =>
        shown(element) &&
        !element.matches(':disabled, [data-base-ui-focus-guard]') &&
        !element.closest('[inert], [aria-hidden=true], [role=menu], [role=listbox]'),
    );
    /** Radios of one name are one tab stop: the one that is chosen. */
    const isRadioBeside = (element: HTMLElement) =>
      element instanceof HTMLInputElement && element.type === 'radio' && !element.checked;
    const stops = all.filter((element) => element.tabIndex >= 0 && !isRadioBeside(element));
    const isCounted = (element: HTMLElement) =>
      !element.closest('li, tbody tr') && !(element.closest('[role=row]') && !element.closest('[role=columnheader]'));
    const distances = new Map<Element, number>();
    let edge: Element[] = [];
    const reach = (element: Element | undefined, keys: number, next: Element[]) => {
      if (!element || distances.has(element)) return;
      distances.set(element, keys);
      next.push(element);
    };
    /** Keys that a control shows: "Control+K" is one press, "G E" two. */
    const pressesOf = (element: Element) => {
      const keys = element.getAttribute('aria-keyshortcuts');
      if (!keys || keys === 'Escape') return undefined;
      return /^[A-Z]\+[A-Z\d]$/.test(keys) ? 2 : 1;
    };
    const parts = dialog ? [...dialog.querySelectorAll(PARTS)] : [...document.querySelectorAll(PANES)];
    const paneOf = (element: Element) => element.closest(dialog ? PARTS : PANES) ?? undefined;
    const panes = parts.filter(shown);
    const entryOf = (pane: Element | undefined) => stops.find((stop) => pane !== undefined && paneOf(stop) === pane);
    const paneFrom = (element: Element, step: 1 | -1) => {
      const current = paneOf(element);
      const at = current ? panes.indexOf(current) : step < 0 ? 0 : -1;
      for (let far = 1; far <= panes.length; far++) {
        const entry = entryOf(panes.at((at + step * far + panes.length) % panes.length));
        if (entry) return entry;
      }
      return undefined;
    };
    const start = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement ?? document.body;
    distances.set(start, 0);
    edge.push(start);
    for (let keys = 1; edge.length > 0; keys++) {
      const next: Element[] = [];
      // A control whose key is shown is used from anywhere.
      for (const element of all) if (pressesOf(element) === keys) reach(element, keys, next);
      if (keys === 1)
        for (const selector of [
          '[data-starts]',
          '[aria-label="Filter queues"]',
          '[aria-label="Filter messages"]',
          '[aria-label="Filter requests"]',
        ])
          reach(
            all.find((element) => element.matches(selector)),
            1,
            next,
          );
      // 1 leads to the rows.
      if (keys === 1 && document.querySelector('[role=radio][aria-checked=true]')?.textContent === 'Peek')
        reach(
          all.find((element) => element.matches('main [role=grid]')),
          1,
          next,
        );
      for (const element of edge) {
        const at = stops.indexOf(element as HTMLElement);
        if (element === document.body || at >= 0) {
          reach(stops[at + 1] ?? (dialog && stops[0]), keys, next);
          if (at > 0) reach(stops[at - 1], keys, next);
          else if (dialog) reach(stops.at(-1), keys, next);
        } else {
          // Of what is one tab stop, Tab leaves all.
          const order = all.indexOf(element as HTMLElement);
          reach(
            all.slice(order + 1).find((one) => one.tabIndex >= 0),
            keys,
            next,
          );
          reach(
            all.slice(0, order).findLast((one) => one.tabIndex >= 0),
            keys,
            next,
          );
        }
        reach(paneFrom(element, 1), keys, next);
        reach(paneFrom(element, -1), keys, next);
        const composite = element.closest(WITHIN);
        if (composite) {
          const isGrid = composite.matches('[role=grid]');
          const members = all.filter((one) =>
            isGrid ? one.closest('[role=columnheader]') && composite.contains(one) : one.closest(WITHIN) === composite,
          );
          const index = members.indexOf(element as HTMLElement);
          if (index < 0) reach(members[0], keys, next);
          // A letter leads to a column that begins with it.
          else if (isGrid) for (const member of members) reach(member, keys, next);
          else
            for (const to of [index + 1, index - 1, 0, members.length - 1])
              reach(members.at(to % members.length), keys, next);
        }
      }
      edge = next;
    }
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ?? (element.textContent.trim() || element.id || element.tagName);
    return all
      .filter((element) => isCounted(element) && (distances.get(element) ?? Infinity) > most)
      .map((element) => `${nameOf(element)}: ${distances.get(element) ?? 'never'}`);
  }, MOST_KEYS);
