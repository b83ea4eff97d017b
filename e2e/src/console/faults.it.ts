import { eventually } from '@collection-sync/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { launchBrowser } from './browser.js';
import { closeWindows, openSignedIn } from './console-page.js';

let system: System;
let browser: Browser;
let target: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem('standalone'), launchBrowser()]);
  const { tenantId } = system.simulator.addresses;
  const { id: groupId } = await system.simulator.group('Group1');
  target = `${tenantId}/${groupId}`;
  await eventually(() => system.api.post('/mappings', { tenantId, groupId, collectionId: 'ABC00014' }));
  await eventually(async () => (await status()) === 'Success', { deadline: 60_000, what: 'Success' });
}, 180_000);
afterEach(async ({ task }) => {
  await closeWindows(browser, task.result?.state === 'fail');
  await system.simulator.send('DELETE', '/faults');
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
}, 60_000);

const status = async (): Promise<string> =>
  (await system.api.get<{ row: { cloudSyncStatus: string } }>(`/targets/${target}`)).row.cloudSyncStatus;
const fault = (face: 'graph' | 'adminservice'): Promise<unknown> =>
  system.simulator.send('POST', '/faults', { face, wire: 'reset' });
const openCollection = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Collection1' }).click();
  await page.getByRole('heading', { name: 'Collection1', level: 1 }).waitFor();
};

it('says on every page concerned that the site is away, since when and what is still right; no command claims otherwise', async () => {
  const { page, errors } = await openSignedIn(browser, system.api);
  await page
    .getByText(/^checked .* ago$|^checked now$/)
    .first()
    .waitFor();
  expect(await page.getByRole('img', { name: /to look at/ }).count()).toBe(0);

  await fault('adminservice');
  await page.getByText('Site ABC cannot be read').waitFor();
  await page.getByText('Groups keep the members of the last complete reads').waitFor();
  await page.getByRole('img', { name: 'Health: 1 to look at' }).waitFor();
  await openCollection(page);
  await page.getByText('Site ABC cannot be read').waitFor();

  await page.getByRole('button', { name: 'Full sync…' }).click();
  await page.getByRole('button', { name: 'Overwrite the group' }).click();
  await page
    .getByText(/The site cannot be read at present/)
    .first()
    .waitFor();
  await page.getByText('The collection could not be read', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('There is no preview yet').waitFor();
  await page.getByRole('dialog').getByText('The collection could not be read completely').waitFor();

  await system.simulator.send('DELETE', '/faults');
  await page.getByText(/would stay|nobody would join/).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Site ABC cannot be read').waitFor({ state: 'detached' });
  await page.getByRole('img', { name: /to look at/ }).waitFor({ state: 'detached' });
  await eventually(async () => (await status()) === 'Success', { deadline: 60_000 });
  expect(errors).toEqual([]);
}, 180_000);

it('says that the directory of a tenant is away, where groups of the tenant are shown', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await fault('graph');
  await page.getByText(/The directory of tenant .* cannot be read/).waitFor();
  await openCollection(page);
  await page.getByText('Nothing is sent to this tenant until its directory can be read').waitFor();
}, 180_000);

it('says what others changed in the group, and lists it when somebody asks for that', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await openCollection(page);
  await system.simulator.editGroup(target.split('/')[1] ?? '', { add: ['DeviceD'] });
  const drift = page.getByText('Changed by others in the group: 1 added, 0 taken out.');
  await drift.waitFor();
  await page.getByRole('button', { name: 'Full sync…' }).click();
  await page.getByRole('checkbox', { name: /^List the group even if/ }).check();
  await page.getByRole('button', { name: 'Overwrite the group' }).click();
  await drift.waitFor({ state: 'detached' });
  const { items } = await system.api.get<{ items: { detail: object }[] }>('/audit?action=command.full&limit=1');
  expect(items).toMatchObject([{ detail: { listing: true } }]);
  const { members } = await system.simulator.group('Group1');
  expect(members.map(({ name }) => name)).not.toContain('DeviceD');
}, 180_000);

it('says of a tenant that is off what it means, and counts what its switch does', async () => {
  const { page } = await openSignedIn(browser, system.api);
  const { tenantId } = system.simulator.addresses;
  const { id: groupId } = await system.simulator.send<{ id: string }>('POST', '/groups', { displayName: 'Second' });
  await eventually(() => system.api.post('/mappings', { tenantId, groupId, collectionId: 'ABC00014', paused: true }));

  await page.getByRole('link', { name: 'Health', exact: true }).click();
  await page.getByRole('switch').click();
  await page.getByText('Of 2 mappings of the tenant 1 stop').waitFor();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText(/^Tenant .* is switched off$/).waitFor();
  await page.getByRole('link', { name: 'Collections' }).click();
  await page.getByText('0 of 2 groups are kept equal').waitFor();
  await page.getByText('are not kept equal to their collections').waitFor();

  await page.goto(`/collections/ABC00014?target=${encodeURIComponent(target)}`);
  await page.getByText('The tenant of this group is switched off').waitFor();
  await page.getByRole('button', { name: 'Resume' }).hover();
  expect(await page.getByRole('button', { name: 'Resume' }).getAttribute('aria-disabled')).toBe('true');

  await page.getByRole('link', { name: 'Health', exact: true }).click();
  await page.getByRole('switch').click();
  await page.getByText('Of 2 mappings of the tenant 1 were stopped by the switch and resume').waitFor();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText(/^Tenant .* is switched off$/).waitFor({ state: 'detached' });
  await eventually(async () => (await status()) === 'Success', { deadline: 60_000 });
}, 180_000);

it('says that the service does not answer, and how old what is shown is', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await page.getByRole('link', { name: 'Collection1' }).first().waitFor();
  await system.processes['standalone']?.stop();
  await page.getByText('The service does not answer').first().waitFor();
  await page.getByText(/What is shown was read .* and may be old/).waitFor();
  await page.getByRole('link', { name: 'Collection1' }).first().waitFor();
  await page.getByRole('img', { name: 'Health: 1 to look at' }).waitFor();
}, 120_000);
