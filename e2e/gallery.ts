import type { BrowserContext, BrowserContextOptions } from '@playwright/test';
import { test as base } from './queue-screen';
import { PREFERENCES, SCREENS, type Scene, type Screen, setScene } from './screens';

export { expect } from './queue-screen';

type Gallery = { scene: Scene; context: BrowserContext };

/** Fills an account for the screens of `screens.ts`, and opens a browser context that looks at them in a way of its own. */
export const test = base.extend<{ gallery: (look: BrowserContextOptions) => Promise<Gallery> }>({
  gallery: async ({ browser, app, azurite, accounts, allowHost, queueName }, provide) => {
    // Of a screen on which nothing answers there.
    allowHost('http://127.0.0.1:9');
    const contexts: BrowserContext[] = [];
    await provide(async (look) => {
      const scene = await setScene(azurite, accounts, queueName('scene'));
      const context = await browser.newContext({ baseURL: app, reducedMotion: 'reduce', ...look });
      contexts.push(context);
      await context.addInitScript((one) => localStorage.setItem('queuescope.preferences', one), PREFERENCES);
      return { scene, context };
    });
    for (const context of contexts) await context.close();
  },
});

/** How many screens one test of a release looks at, at least. */
const A_CHAPTER = 12;

/** The screens in their order, in chapters that each can be opened without the ones before. */
export const CHAPTERS: readonly Screen[][] = SCREENS.reduce<Screen[][]>((chapters, screen) => {
  const last = chapters.at(-1);
  if (last && (last.length < A_CHAPTER || screen.goesOn)) last.push(screen);
  else chapters.push([screen]);
  return chapters;
}, []);
