// Draws the icons of the installed page from public/icon.svg, into public.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ROOT } from '../../server/command.mjs';
import { resolveBrowser } from '../testing/browser.mjs';

const FOLDER = join(ROOT, 'public');
const svg = readFileSync(join(FOLDER, 'icon.svg'), 'utf8');
/** Its edges are cut off in the shape that a system likes: the ground goes to the edge, and what it shows is in the inner 80 %. */
const full = svg.replace(' rx="7"', '').replace('translate(6 6) scale(1.25)', 'translate(8 8) scale(1)');

const ICONS = [
  { name: 'icon-192', size: 192, drawing: svg },
  { name: 'icon-512', size: 512, drawing: svg },
  { name: 'icon-maskable-512', size: 512, drawing: full },
  // iOS rounds the corners, and shows black where nothing is drawn.
  { name: 'apple-touch-icon', size: 180, drawing: full },
];

const browser = await chromium.launch((await resolveBrowser()).launch);
const page = await browser.newPage();
for (const { name, size, drawing } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), omitBackground: true });
}
await browser.close();
