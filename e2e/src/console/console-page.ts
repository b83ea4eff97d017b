import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ApiClient } from '../api-client.js';

export interface View {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** A fresh browser window on the console, not signed in. What its code logs as an error ends up in `errors`; an answer with
 * an error status does not, as a preview is asked for until it is there. */
export const openConsole = async (
  browser: Browser,
  api: ApiClient,
  { dark = false, width = 1280, height = 860 }: View = {},
): Promise<{ page: Page; errors: string[] }> => {
  const options: BrowserContextOptions = {
    baseURL: api.url,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  };
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(120_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  await page.goto('/');
  return { page, errors };
};

export const signIn = async (page: Page, token: string): Promise<void> => {
  await page.getByLabel('Access token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();
};

export const openSignedIn = async (
  browser: Browser,
  api: ApiClient,
  view: View = {},
): Promise<{ page: Page; errors: string[] }> => {
  const opened = await openConsole(browser, api, view);
  await signIn(opened.page, api.token);
  return opened;
};

/** A number or text of the page by its name, such as `Member Count`. */
export const figure = async (page: Page, name: string): Promise<string> => {
  const term = page.locator('section dt').filter({ hasText: new RegExp(`^${name}$`) });
  return (await term.locator('xpath=following-sibling::dd').innerText()).trim();
};

/** The cells of the rows of a table, by its name. */
export const rowsOf = async (page: Page, table: string | RegExp): Promise<string[][]> => {
  const rows = await page.getByRole('table', { name: table }).getByRole('row').all();
  const cells = await Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()));
  return cells.filter((row) => row.length > 0).map((row) => row.map((text) => text.trim()));
};

/** Closes the windows of a test. A failed one first writes what they show, to find out why. */
export const closeWindows = async (browser: Browser, failed: boolean): Promise<void> => {
  for (const context of browser.contexts()) {
    for (const page of failed ? context.pages() : [])
      console.error(`${page.url()} shows:\n${await page.locator('body').innerText()}`);
    await context.close();
  }
};
