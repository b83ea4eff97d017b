import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanUp, readOptions } from '@collection-sync/testing';
import { launchBrowser } from './browser.js';
import { openConsole, openSignedIn } from './console-page.js';
import { startDemoSystem } from './demo-system.js';
import { PAGES } from './pages.js';

readOptions('npm run screenshots: every page of the console, light and dark, into docs/images', {});
const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

await mkdir(IMAGES, { recursive: true });
const [system, browser] = await Promise.all([startDemoSystem(), launchBrowser()]);
try {
  for (const theme of ['light', 'dark'] as const) {
    const view = { dark: theme === 'dark', height: 800 };
    const path = (name: string): string => join(IMAGES, `${name}-${theme}.png`);
    const { page: entrance } = await openConsole(browser, system.api, view);
    await entrance.getByLabel('Access token').waitFor();
    await entrance.screenshot({ path: path('sign-in') });
    const { page } = await openSignedIn(browser, system.api, view);
    for (const shown of PAGES) {
      await shown.open(page, system);
      await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
      await page.mouse.move(0, 0);
      await page.screenshot({ path: path(shown.name), animations: 'disabled' });
      await shown.end?.(system);
      console.log(`docs/images/${shown.name}-${theme}.png`);
    }
    const narrow = await openSignedIn(browser, system.api, { ...view, width: 400 });
    await PAGES.find(({ name }) => name === 'collections')?.open(narrow.page, system);
    await narrow.page.screenshot({ path: path('collections-narrow'), animations: 'disabled' });
  }
} finally {
  await browser.close();
  await system.close();
  await cleanUp();
}
process.exit(0);
