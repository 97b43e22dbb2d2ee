import { axe, labelsNotInNames, OF_COLOURS } from './accessible';
import { CHAPTERS, expect, test } from './gallery';
import { closeOverlays } from './screens';

const [LIGHT, ...OTHER_LOOKS] = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', colorScheme: 'dark', forcedColors: 'active' },
] as const;
const WIDTHS = [1440, 1024, 390];
/** A desktop's window, and one as a zoom of 200 % leaves it, which has other bars. */
const HEIGHTS = [900, 480];

/*
 * Before a release: every screen and dialog, in each look, width and height. What is there depends on the window, and is looked
 * at by all rules in light; the other looks change its colours. `design.spec.ts` has two of them for every change.
 */
for (const width of WIDTHS)
  for (const screens of CHAPTERS) {
    const size = width < 760 ? 'phone' : 'desktop';
    const shown = screens.filter(({ only }) => only === undefined || only === size);
    const title = `${width} px wide: from ${shown[0]?.name} to ${shown.at(-1)?.name}`;
    test(`screens are accessible in every look, ${title}`, { tag: '@everywhere' }, async ({ gallery }) => {
      test.setTimeout(600_000);
      const [height = 900] = HEIGHTS;
      const { scene, context } = await gallery({ viewport: { width, height }, ...LIGHT });
      const page = await context.newPage();
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      for (const screen of shown) {
        await test.step(screen.name, async () => {
          await screen.open(page, scene);
          for (const high of HEIGHTS) {
            const what = `${screen.name}, ${high} px high`;
            await page.setViewportSize({ width, height: high });
            // A low window has a head of its own, which is loaded first.
            await expect(page.locator('h1')).not.toHaveCount(0);
            await page.emulateMedia(LIGHT);
            expect.soft(await axe(page), what).toEqual([]);
            expect.soft(await labelsNotInNames(page), `labels on ${what}`).toEqual([]);
            for (const { name, ...look } of OTHER_LOOKS) {
              await page.emulateMedia(look);
              await expect(page.locator('html')).toHaveAttribute('data-theme', look.colorScheme);
              expect.soft(await axe(page, OF_COLOURS), `${what}, ${name}`).toEqual([]);
            }
          }
          await page.emulateMedia(LIGHT);
          await page.setViewportSize({ width, height });
          await closeOverlays(page);
        });
      }
    });
  }
