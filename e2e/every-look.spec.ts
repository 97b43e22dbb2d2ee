import { axe, labelsNotInNames } from './accessible';
import { expect, test } from './gallery';
import { closeOverlays, SCREENS } from './screens';

const LOOKS = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', colorScheme: 'dark', forcedColors: 'active' },
] as const;
const WIDTHS = [1440, 1024, 390];
/** A desktop's window, and one as a zoom of 200 % leaves it. */
const HEIGHTS = [900, 480];

/*
 * Before a release: every screen and dialog, in each look, width and height. `design.spec.ts` has two of them for every change.
 */
for (const { name, ...look } of LOOKS)
  for (const width of WIDTHS)
    test(`every screen is accessible: ${name}, ${width} px wide`, { tag: '@everywhere' }, async ({ gallery }) => {
      test.setTimeout(900_000);
      const [height = 900] = HEIGHTS;
      const { scene, context } = await gallery({ viewport: { width, height }, ...look });
      const page = await context.newPage();
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const size = width < 760 ? 'phone' : 'desktop';
      for (const screen of SCREENS) {
        if (screen.only && screen.only !== size) continue;
        await screen.open(page, scene);
        for (const high of HEIGHTS) {
          await page.setViewportSize({ width, height: high });
          expect.soft(await axe(page), `${screen.name}, ${high} px high`).toEqual([]);
          expect.soft(await labelsNotInNames(page), `labels on ${screen.name}, ${high} px high`).toEqual([]);
        }
        await page.setViewportSize({ width, height });
        await closeOverlays(page);
      }
    });
