import { readFile } from 'node:fs/promises';
import { eventually } from '@collection-sync/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { launchBrowser } from './browser.js';
import { closeWindows, openSignedIn, rowsOf } from './console-page.js';

const SOON = { deadline: 60_000 };

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem('standalone'), launchBrowser()]);
  const { tenantId } = system.simulator.addresses;
  const { id: groupId } = await system.simulator.group('Group1');
  await eventually(
    async () => expect((await system.api.get<{ items: unknown[] }>('/collections')).items).not.toEqual([]),
    SOON,
  );
  await system.api.post('/mappings', { tenantId, groupId, collectionId: 'ABC00014' });
  await system.api.request('PATCH', `/mappings/${tenantId}/${groupId}`, {
    policy: { guard: { maxShare: 0.1 } },
    schedule: { kind: 'interval', seconds: 600 },
  });
  await system.api.post(`/mappings/${tenantId}/${groupId}/pause`);
}, 180_000);
afterEach(({ task }) => closeWindows(browser, task.result?.state === 'fail'));
afterAll(async () => {
  await browser?.close();
  await system?.close();
}, 60_000);

const actions = async (page: Page): Promise<string[]> => (await rowsOf(page, 'Audit')).map((row) => row[2] ?? '');
const shows = (page: Page, wanted: string[]): Promise<unknown> =>
  eventually(async () => expect(await actions(page)).toEqual(wanted), SOON);
const addressOf = (page: Page): URLSearchParams => new URL(page.url()).searchParams;

it('tells who did what to which group, by name, as it was and as it became', async () => {
  const { page, errors } = await openSignedIn(browser, system.api);
  await page.goto('/audit');
  await shows(page, ['Paused', 'Changed the settings', 'Mapped']);
  const [, changed] = await rowsOf(page, 'Audit');
  expect(changed).toEqual([
    expect.stringMatching(/ UTC$/),
    expect.stringMatching(/^local\s+Admin$/),
    'Changed the settings',
    expect.stringMatching(/^Group1\s+Collection1 \(ABC00014\)$/),
    'Schedule: Every 5 min → Every 10 min; Largest share: 25 % → 10 %',
    'Details',
    expect.stringMatching(/^127\.0\.0\.1\s+\S/),
  ]);

  await page.getByRole('button', { name: /^Details of Changed the settings/ }).click();
  await eventually(
    async () =>
      expect(await rowsOf(page, 'What changed')).toEqual([
        ['Schedule', 'Every 5 min', 'Every 10 min'],
        ['Largest share', '25 %', '10 %'],
      ]),
    SOON,
  );
  // the link to the line can be sent
  await page.reload();
  await page.getByRole('dialog').getByText('Signed in at').waitFor();
  await page.getByRole('dialog').getByRole('link', { name: 'Group1' }).click();
  await page.getByRole('heading', { name: 'Collection1', level: 1 }).waitFor();
  expect(errors).toEqual([]);
});

it('shows the part that is asked for, in its address and in its file', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await page.goto('/audit');
  await page.getByRole('combobox', { name: 'Action' }).click();
  await page.getByRole('option', { name: 'Changed the settings' }).click();
  await shows(page, ['Changed the settings']);
  await page.getByRole('searchbox', { name: 'Group or collection' }).fill('llection1');
  await eventually(() => expect(addressOf(page).get('search')).toBe('llection1'), SOON);
  await page.reload();
  await shows(page, ['Changed the settings']);

  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /NDJSON/ }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(['mapping.change']);

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await shows(page, ['Paused', 'Changed the settings', 'Mapped']);
  await page.getByRole('combobox', { name: 'Person' }).fill('somebody');
  await page.getByText('Nothing fits').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await page.getByRole('button', { name: 'Show only what local did' }).first().click();
  await shows(page, ['Paused', 'Changed the settings', 'Mapped']);
  expect(addressOf(page).get('actor')).toBe('local');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await page.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('option', { name: 'local' }).click();
  await eventually(() => expect(addressOf(page).get('actor')).toBe('local'), SOON);
  await shows(page, ['Paused', 'Changed the settings', 'Mapped']);

  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel('To day').fill(today);
  await shows(page, ['Paused', 'Changed the settings', 'Mapped']);
  await page.getByLabel('To day').fill('2020-01-31');
  await shows(page, []);
});
