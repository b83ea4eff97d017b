import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { System } from '../system.js';
import { launchBrowser } from './browser.js';
import { openConsole, openSignedIn, type View } from './console-page.js';
import { startDemoSystem } from './demo-system.js';
import { PAGES } from './pages.js';

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startDemoSystem(), launchBrowser()]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
}, 60_000);

const VIEWS: readonly (View & { readonly title: string })[] = [
  { title: 'light', dark: false },
  { title: 'dark', dark: true },
  { title: 'dark and 400 px wide', dark: true, width: 400 },
];

/** Serious problems of the page, against WCAG 2.2 AA. */
const problemsOf = async (page: Page, name: string): Promise<string[]> => {
  // places where Fluent UI catches the focus and passes it on at once: https://github.com/microsoft/tabster/issues/288
  const { violations } = await new AxeBuilder({ page })
    .exclude('[data-tabster-dummy]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${name}: ${id}: ${html} ${failureSummary}`));
};

it.each(VIEWS)(
  'axe finds no serious problem on any page, $title',
  async (view) => {
    const { page: entrance } = await openConsole(browser, system.api, view);
    await entrance.getByLabel('Access token').waitFor();
    const problems = await problemsOf(entrance, 'sign-in');
    const { page, errors } = await openSignedIn(browser, system.api, view);
    for (const shown of PAGES) {
      await shown.open(page, system).catch(async (cause: unknown) => {
        throw new Error(`${shown.name} did not open; it shows: ${await page.innerText('body')}`, { cause });
      });
      problems.push(...(await problemsOf(page, shown.name)));
      expect(
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        `${shown.name} scrolls sideways`,
      ).toBe(true);
      await shown.end?.(system);
    }
    expect(problems).toEqual([]);
    expect(errors).toEqual([]);
  },
  240_000,
);
