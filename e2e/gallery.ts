import type { BrowserContext, BrowserContextOptions } from '@playwright/test';
import { test as base } from './queue-screen';
import { PREFERENCES, type Scene, setScene } from './screens';

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
