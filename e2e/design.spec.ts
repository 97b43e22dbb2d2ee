import type { Page } from '@playwright/test';
import { axe, labelsNotInNames } from './accessible';
import { expect, test } from './gallery';
import { closeOverlays, SCREENS } from './screens';

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Finds text smaller than 11 px, and whether the page scrolls sideways. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`page is ${scrollWidth} px wide in ${clientWidth}`);
    // A dialog over the whole page is checked by itself.
    for (const dialog of document.querySelectorAll('[role=dialog], [role=alertdialog], main')) {
      const { left, right } = dialog.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1)
        found.push(`${dialog.role ?? dialog.tagName} from ${left} to ${right} in ${innerWidth}`);
    }
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (node instanceof Element && node.shadowRoot) roots.push(node.shadowRoot);
        const { parentElement: holder } = node;
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim() || !holder?.checkVisibility()) continue;
        if (['SCRIPT', 'STYLE', 'OPTION', 'TITLE'].includes(holder.tagName)) continue;
        const size = Number.parseFloat(getComputedStyle(holder).fontSize);
        if (size < 11) found.push(`"${node.textContent.slice(0, 30)}" in ${size} px`);
      }
    }
    return found;
  });

/** Buttons that may be there twice, as both do the same, or each stands in the form or on the card that it is about. */
const SAME_MEANING = new Set([
  'Add message',
  'Clear filter',
  'Close',
  'Close details',
  'Connect',
  'Dismiss',
  'View request',
]);

/** Names that two buttons of the page have, or of the dialog that is open; rows and items of lists may be alike. */
async function namesTwice(page: Page) {
  const dialogs = page.locator('[role=dialog]:visible, [role=alertdialog]:visible');
  const root = (await dialogs.count()) > 0 ? dialogs.last() : page.locator('body');
  const around: { indent: number; role: string }[] = [];
  const names: string[] = [];
  for (const line of (await root.ariaSnapshot()).split('\n')) {
    const [, space = '', role = '', name = ''] = /^(\s*)- (\w+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line) ?? [];
    while ((around.at(-1)?.indent ?? -1) >= space.length) around.pop();
    const isOfList = around.some((one) => ['row', 'listitem', 'treeitem'].includes(one.role));
    if (role === 'button' && name !== '' && !isOfList && !SAME_MEANING.has(name)) names.push(name);
    around.push({ indent: space.length, role });
  }
  return names.filter((name, index) => names.indexOf(name) !== index);
}

const soft = expect.configure({ soft: true });

/** Each theme and each size once, since colours do not depend on sizes; `QUEUESCOPE_EVERY_LOOK=1` looks at all four. */
const LOOKS = (['light', 'dark'] as const)
  .flatMap((theme) => (['desktop', 'phone'] as const).map((size) => ({ theme, size })))
  .filter(({ theme, size }) => process.env['QUEUESCOPE_EVERY_LOOK'] || (theme === 'light') === (size === 'desktop'));

for (const { theme, size } of LOOKS) {
  test(`every screen is accessible, fits and obeys the content policy: ${theme}, ${size}`, async ({ gallery }) => {
    test.setTimeout(480_000);
    const viewport = SIZES[size];
    const { scene, context } = await gallery({ viewport, colorScheme: theme });
    const refused: string[] = [];
    await context.exposeFunction('tellRefusal', (what: string) => refused.push(what));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
        Reflect.apply(Reflect.get(globalThis, 'tellRefusal'), undefined, [
          `${violatedDirective} ${blockedURI} ${sample}`,
        ]),
      );
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

    for (const screen of SCREENS) {
      if (screen.only && screen.only !== size) continue;
      await screen.open(page, scene);
      expect.soft(await axe(page), `axe on ${screen.name}`).toEqual([]);
      expect.soft(await labelsNotInNames(page), `labels that are not in names on ${screen.name}`).toEqual([]);
      await soft.poll(() => misfits(page), `fit of ${screen.name}`).toEqual([]);
      expect.soft(await namesTwice(page), `buttons with one name on ${screen.name}`).toEqual([]);
      if (size === 'phone') {
        await page.setViewportSize({ width: 320, height: 640 });
        // Floating elements are placed again in the frames after a resize.
        await soft.poll(() => misfits(page), `fit of ${screen.name} at 320 px`).toEqual([]);
        await page.setViewportSize(viewport);
      }
      await closeOverlays(page);
    }
    expect(refused).toEqual([]);
    expect(faults).toEqual([]);
    // Proves that a violation would be reported.
    await page.evaluate(() => {
      const image = new Image();
      image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    });
    // The header and the page's own element have the same policy.
    await expect.poll(() => [...new Set(refused)]).toEqual([expect.stringMatching(/^img-src data/)]);
  });
}
