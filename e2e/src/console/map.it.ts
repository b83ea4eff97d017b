import { eventually } from '@collection-sync/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { launchBrowser } from './browser.js';
import { closeWindows, openSignedIn, rowsOf } from './console-page.js';

const SOON = { deadline: 60_000 };
const CITIES = ['Aachen', 'Bremen', 'Celle'];
const ids: Record<string, string> = {};

let system: System;
let browser: Browser;
let tenantId: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem('standalone'), launchBrowser()]);
  ({ tenantId } = system.simulator.addresses);
  for (const city of CITIES) {
    await system.simulator.send('POST', '/devices', { name: `PC-${city}`, joined: 'both' });
    const { id } = await system.simulator.send<{ id: string }>('POST', '/collections', {
      name: city,
      members: [`PC-${city}`],
    });
    ids[city] = id;
    await system.simulator.send('POST', '/groups', { displayName: `Intune ${city}` });
  }
  await system.simulator.send('POST', '/groups', {
    displayName: 'Intune dynamic',
    groupTypes: ['DynamicMembership'],
    membershipRule: 'true',
  });
  await eventually(
    async () => expect((await system.api.get<{ items: unknown[] }>('/collections?search=celle')).items).toHaveLength(1),
    SOON,
  );
}, 180_000);
afterEach(({ task }) => closeWindows(browser, task.result?.state === 'fail'));
afterAll(async () => {
  await browser?.close();
  await system?.close();
}, 60_000);

const groupId = async (name: string): Promise<string> => (await system.simulator.group(name)).id;
const members = async (name: string): Promise<(string | null)[]> =>
  (await system.simulator.group(name)).members.map((member) => member.name);
const mappingOf = async (group: string) =>
  system.api.get<{
    version: number;
    policy: { guard: Record<string, number>; compareRuns: object | null };
    schedule: object;
  }>(`/mappings/${tenantId}/${await groupId(group)}`);
const becomes = <T>(look: () => Promise<T>, wanted: T): Promise<unknown> =>
  eventually(async () => expect(await look()).toEqual(wanted), SOON);
const next = (page: Page, step: string) => page.getByRole('button', { name: `Next: ${step}` });

it('keeps what was chosen in the address, through Back and a reload, and saves it', async () => {
  const { page, errors } = await openSignedIn(browser, system.api);
  await page.goto('/map');
  await page.getByRole('combobox', { name: 'How names are compared' }).click();
  await page.getByRole('option', { name: 'begins with' }).click();
  await page.getByRole('main').getByRole('searchbox').fill('ache');
  await page.getByText('No collection fits').waitFor();
  await page.getByRole('main').getByRole('searchbox').fill('aach');
  await page.getByRole('radio', { name: 'Aachen' }).check();
  await next(page, 'Group').click();
  await page.getByRole('combobox', { name: 'How names are compared' }).click();
  await page.getByRole('option', { name: 'has words that begin with' }).click();
  await page.getByRole('main').getByRole('searchbox').fill('aach');
  await page.getByRole('radio', { name: 'Intune Aachen' }).check();
  await page.getByText('Intune Aachen can be synchronised').waitFor();
  await next(page, 'Policy').click();
  await page.getByLabel('Largest share').fill('120');
  await page.getByText('From 0 to 100', { exact: true }).waitFor();
  expect(await next(page, 'Schedule').isDisabled()).toBe(true);
  await page.getByLabel('Largest share').fill('12.5');
  await page.reload();
  expect(await page.getByLabel('Largest share').inputValue()).toBe('12.5');
  await next(page, 'Schedule').click();
  await page.getByLabel('Interval', { exact: true }).fill('600');
  await next(page, 'Review').click();
  await page
    .getByText(/would join/)
    .first()
    .waitFor();

  await page.goBack();
  await page.getByRole('heading', { name: 'How often is it read again?' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'How careful with removals?' }).waitFor();
  expect(await page.getByLabel('Largest share').inputValue()).toBe('12.5');
  await page.goForward();
  await page.goForward();
  await page.getByRole('button', { name: 'Save and synchronise' }).click();
  await page.getByRole('heading', { name: 'Aachen', level: 1 }).waitFor();
  expect(await mappingOf('Intune Aachen')).toMatchObject({
    policy: { guard: { maxShare: 0.125, maxRemovals: 500 } },
    schedule: { kind: 'interval', seconds: 600 },
  });
  await becomes(() => members('Intune Aachen'), ['PC-Aachen']);
  expect(errors).toEqual([]);
});

it('does not go on with a group that cannot be, and says why and what to do', async () => {
  const { page } = await openSignedIn(browser, system.api);
  const choose = async (group: string): Promise<void> => {
    const query = new URLSearchParams({ collection: ids['Bremen'] ?? '', tenant: tenantId, group, step: 'review' });
    await page.goto(`/map?${query}`);
  };
  for (const [group, why] of [
    [await groupId('Intune dynamic'), /Use a group with membership type Assigned/],
    [await groupId('Intune Aachen'), /stop that mapping first, or choose another group/],
    ['00000000-0000-4000-8000-00000000dead', /does not exist/],
  ] as const) {
    await choose(group);
    await page.getByRole('heading', { name: 'Which group?' }).waitFor();
    await page.getByText(why).first().waitFor();
    expect(await next(page, 'Policy').isDisabled()).toBe(true);
  }
});

it('maps several collections at once, each to the group that a pattern names', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await page.goto('/map');
  await page.getByRole('switch', { name: 'Several collections at once' }).check();
  for (const city of ['Bremen', 'Celle']) await page.getByRole('checkbox', { name: city }).check();
  await next(page, 'Group').click();
  await page.getByLabel('Name of each group').fill('Intune {collection}');
  await page.getByText('2 of 2 can be synchronised').waitFor();
  await page.getByLabel('Group of Celle').fill('Intune Bremen');
  await page.getByText('Another of these collections has this group too').first().waitFor();
  expect(await next(page, 'Policy').isDisabled()).toBe(true);
  await page.getByLabel('Group of Celle').fill('Intune nowhere');
  await page.getByText('The tenant has no group "Intune nowhere"').waitFor();
  await page.getByLabel('Group of Celle').fill('Intune Celle');
  await page.getByText('2 of 2 can be synchronised').waitFor();
  await next(page, 'Policy').click();
  await next(page, 'Schedule').click();
  await next(page, 'Review').click();

  await page.getByRole('button', { name: 'Preview Intune Celle' }).click();
  await page.getByText(/1 would join/).waitFor();
  // the preview can be sent, too
  await page.reload();
  await page.getByText(/1 would join/).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Save 2 and synchronise' }).click();
  await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();
  for (const city of ['Bremen', 'Celle']) await becomes(() => members(`Intune ${city}`), [`PC-${city}`]);
});

it('tells in the settings what another changed meanwhile, and loses nothing that was typed', async () => {
  const { page } = await openSignedIn(browser, system.api);
  const settings = `/collections/${ids['Aachen']}?tab=settings`;
  const share = page.getByLabel('Largest share');
  await page.goto(settings);
  await share.fill('40');
  await page.getByText('Not saved yet').waitFor();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('tab', { name: 'Policy and schedule' }).click();
  expect(await share.inputValue()).toBe('40');

  const path = `/mappings/${tenantId}/${await groupId('Intune Aachen')}`;
  await system.api.request('PATCH', path, { policy: { guard: { maxRemovals: 9 } } });
  await page.getByText(/^local changed this mapping at/).waitFor();
  await page.getByText('Most removals in 24 hours: 500 → 9').waitFor();
  expect(await share.inputValue()).toBe('40');
  expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Take what there is now' }).click();
  expect(await page.getByLabel('Most removals in 24 hours').inputValue()).toBe('9');
  expect(await share.inputValue()).toBe('12.5');

  await page.getByRole('radio', { name: 'By a cron expression' }).check();
  await page.getByRole('textbox', { name: 'Cron expression' }).fill('every day');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('must be a cron expression, in a known time zone', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Cron expression' }).fill('0 6 * * *');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await becomes(async () => (await mappingOf('Intune Aachen')).schedule, {
    kind: 'cron',
    expression: '0 6 * * *',
    timeZone: 'UTC',
  });

  const comparing = page.getByRole('group', { name: /^Compare the group at times of its own/ });
  await comparing.getByRole('checkbox').check();
  await comparing.getByRole('textbox', { name: 'Cron expression' }).fill('every night');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await comparing.getByText('must be a cron expression, in a known time zone', { exact: true }).waitFor();
  await comparing.getByRole('textbox', { name: 'Cron expression' }).fill('0 2 * * *');
  await page.getByRole('button', { name: 'Save changes' }).click();
  const nightly = { expression: '0 2 * * *', timeZone: 'UTC' };
  await becomes(async () => (await mappingOf('Intune Aachen')).policy.compareRuns, nightly);
});

it('shows the preview of a group by its address', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await system.simulator.editGroup('Intune Aachen', { add: ['DeviceD'] });
  await page.goto(`/collections/${ids['Aachen']}`);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('0 would join, 1 would leave, 1 would stay.').waitFor();
  await page.getByRole('tab', { name: 'Stay (1)' }).click();
  await page.reload();
  await page.getByText('Those who stay are counted, not listed').waitFor();
  await page.getByRole('tab', { name: 'Leave (1)' }).click();
  await becomes(async () => (await rowsOf(page, 'Leave (1)')).map(([name]) => name), ['DeviceD']);
  await page.getByRole('button', { name: 'Close' }).click();
  expect([...new URL(page.url()).searchParams.keys()]).toEqual(['target']);
});
