import { eventually } from '@collection-sync/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { SimulatorClient } from '../simulator.js';
import { startSystem, type System } from '../system.js';
import { launchBrowser } from './browser.js';
import { closeWindows, figure, openConsole, openSignedIn, rowsOf, signIn } from './console-page.js';

const SOON = { deadline: 60_000 };

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem('standalone', { prepare: relate }), launchBrowser()]);
}, 180_000);
afterEach(({ task }) => closeWindows(browser, task.result?.state === 'fail'));
afterAll(async () => {
  await browser?.close();
  await system?.close();
}, 60_000);

/** A collection that the product synchronises itself. */
const relate = async (simulator: SimulatorClient): Promise<void> => {
  const devices = joined('TAKEN', 3);
  for (const device of devices) await simulator.send('POST', '/devices', device);
  const members = devices.map(({ name }) => name);
  const { id } = await simulator.send<{ id: string }>('POST', '/collections', { name: 'Taken', members });
  const group = await simulator.send<{ id: string }>('POST', '/groups', { displayName: 'Taken group' });
  await simulator.send('POST', '/cloud-mappings', { collectionId: id, groupId: group.id, groupName: 'Taken group' });
};

const status = (page: Page): Promise<string> =>
  page
    .locator('section')
    .first()
    .getByText(/^(Success|Partial Success|Failed|In Progress|Held|Paused|Stale)$/)
    .first()
    .innerText();
const groupMembers = async (group: string): Promise<string[]> =>
  (await system.simulator.group(group)).members.map(({ name }) => name ?? '').sort();
const becomes = <T>(look: () => Promise<T>, wanted: T): Promise<unknown> =>
  eventually(async () => expect(await look()).toEqual(wanted), SOON);

/** Goes through the steps of the mapping page. */
const mapOnPage = async (page: Page, collection: string, group: string, paused = false): Promise<void> => {
  await page.getByRole('link', { name: 'Map a collection' }).click();
  await page.getByRole('heading', { name: 'Map a collection', level: 1 }).waitFor();
  await page.getByRole('main').getByRole('searchbox').fill(collection);
  await page.getByRole('radio', { name: collection, exact: true }).check();
  await page.getByRole('button', { name: 'Next: Group' }).click();
  await page.getByRole('main').getByRole('searchbox').fill(group);
  await page.getByRole('radio', { name: group, exact: true }).check();
  await page.getByText(`${group} can be synchronised`).waitFor();
  await page.getByRole('button', { name: 'Next: Policy' }).click();
  await page.getByRole('button', { name: 'Next: Schedule' }).click();
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await page
    .getByText(/would stay|Nobody would|nobody would/)
    .first()
    .waitFor();
  if (paused) await page.getByRole('checkbox', { name: 'Begin paused' }).check();
  await page.getByRole('button', { name: 'Save and synchronise' }).click();
  await page.getByRole('heading', { name: collection, level: 1 }).waitFor();
};

/** A collection of devices with a group of its own. */
const makeWorld = async (name: string, devices: readonly object[], members?: readonly string[]): Promise<string> => {
  for (const device of devices) await system.simulator.send('POST', '/devices', device);
  const names = devices.map((device) => (device as { name: string }).name);
  const { id } = await system.simulator.send<{ id: string }>('POST', '/collections', {
    name,
    members: members ?? names,
  });
  await system.simulator.send('POST', '/groups', { displayName: `${name} group` });
  await becomes(async () => {
    const { items } = await system.api.get<{ items: unknown[] }>(`/collections?collectionId=${id}`);
    return items.length;
  }, 1);
  return id;
};
const joined = (prefix: string, count: number): { name: string; joined: string }[] =>
  Array.from({ length: count }, (_, at) => ({ name: `${prefix}${String(at).padStart(3, '0')}`, joined: 'both' }));

it('refuses a wrong token in words, and lets the right one in until it signs out', async () => {
  const { page } = await openConsole(browser, system.api);
  await page.getByLabel('Access token').fill('not-the-token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This token is not accepted.').waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);

  await signIn(page, system.api.token);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();

  await page.getByRole('button', { name: 'Account and theme' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Access token').waitFor();
  await page.goto('/audit');
  await page.getByLabel('Access token').waitFor();
});

it('shows the ten steps of the reference scenario, all that the operator does being done on the page', async () => {
  const { page, errors } = await openSignedIn(browser, system.api);
  const group = (): Promise<string[]> => groupMembers('Group1');
  expect(await group()).toEqual(['DeviceA', 'DeviceB', 'DeviceC']);

  // 3 and 4: enabling begins with a full synchronisation, which removes A; the preview says so before
  await mapOnPage(page, 'Collection1', 'Group1', true);
  await page.getByText('Nothing is sent to the group.').waitFor();
  expect(await group()).toEqual(['DeviceA', 'DeviceB', 'DeviceC']);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('0 would join, 1 would leave, 2 would stay.').waitFor();
  await becomes(() => rowsOf(page, 'Leave (1)'), [[expect.stringMatching('DeviceA'), expect.any(String)]]);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await becomes(() => status(page), 'Success');
  expect(await group()).toEqual(['DeviceB', 'DeviceC']);
  await becomes(() => figure(page, 'Sync Completed'), '2');
  await page.getByRole('tab', { name: 'Success (2)' }).click();
  await becomes(async () => (await rowsOf(page, 'Members in the group')).map(([name]) => name), ['DeviceB', 'DeviceC']);

  // 5 and 6: C leaves the collection and then the group; nobody touches the page
  await system.simulator.editCollection('ABC00014', { remove: ['DeviceC'] });
  await becomes(group, ['DeviceB']);
  await becomes(() => figure(page, 'Member Count'), '1');
  await becomes(async () => (await rowsOf(page, 'Members in the group')).map(([name]) => name), ['DeviceB']);

  // 7 and 8: D is added in Entra, and an incremental synchronisation leaves it
  await system.simulator.editGroup('Group1', { add: ['DeviceD'] });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page
    .getByText(/nothing/i)
    .first()
    .waitFor();
  expect(await group()).toEqual(['DeviceB', 'DeviceD']);

  // 9 and 10: a full one, asked for after being told what it overwrites, removes D
  await page.getByRole('button', { name: 'Full sync…' }).click();
  await page.getByText('Everybody else is removed').waitFor();
  await page.getByRole('button', { name: 'Overwrite the group' }).click();
  await becomes(group, ['DeviceB']);
  await becomes(() => status(page), 'Success');

  await page.getByRole('tab', { name: 'History' }).click();
  await becomes(
    async () => (await rowsOf(page, 'History')).map(([, , kind, why, state]) => [kind, why, state]),
    [
      ['Full', 'Operator', 'Completed'],
      ['Incremental', 'Change', 'Completed'],
      ['Full', 'Begin of the mapping', 'Completed'],
    ],
  );

  // those of one kind, of days to come, and all again; the choice outlives a reload
  const filters = page.getByRole('group', { name: 'Which runs are shown' });
  await filters.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Incremental', exact: true }).click();
  await becomes(async () => (await rowsOf(page, 'History')).map(([, , kind]) => kind), ['Incremental']);
  await page.reload();
  await becomes(async () => (await rowsOf(page, 'History')).map(([, , kind]) => kind), ['Incremental']);
  expect(new URL(page.url()).searchParams.get('kind')).toBe('incremental');
  await filters.getByLabel('Begun from').fill('2099-01-01');
  await page.getByText('No run fits').waitFor();
  await filters.getByLabel('Begun from').fill('2020-01-01');
  await filters.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Failed', exact: true }).click();
  await page.getByText('No run fits').waitFor();
  await filters.getByRole('button', { name: 'Show all' }).click();
  await becomes(async () => (await rowsOf(page, 'History')).length, 3);

  // the run in which C left: the read that proves it, how near the guard was, and its steps
  await page
    .getByRole('button', { name: /^Details of the run of / })
    .nth(1)
    .click();
  const run = page.getByRole('dialog');
  await run.getByRole('heading', { name: 'Incremental synchronisation' }).waitFor();
  const part = (name: string): Promise<string> => run.getByRole('region', { name }).innerText();
  expect(await part('Proof that the read was complete')).toMatch(
    /Every page arrived.*Rows\s+1\s.*Stated by the site\s+1\s/s,
  );
  expect(await part('Removal guard')).toMatch(
    /within the limits.*Removals in 24 hours\s+\d\s.*More would have passed/s,
  );
  expect(await part('Timeline')).toMatch(
    /Content merged.*Started.*Because of: Change.*Planned.*1 to remove.*Completed/s,
  );
  expect(await part('Ids for the logs')).toMatch(/run [0-9a-f-]{36}/);
  const { searchParams } = new URL(page.url());
  expect(await part('Ids for the logs')).toContain(searchParams.get('run') ?? 'no run');
  await page.getByRole('button', { name: 'Close' }).click();
  await run.waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Collections' }).click();
  await becomes(
    async () =>
      (await rowsOf(page, 'Collections')).filter(([, name]) => name === 'Collection1').map((row) => row.slice(1, 10)),
    [['Collection1', expect.stringMatching(/^Success\s+checked /), 'Group1', '1', '1', '0', '0', '0', 'ABC00014']],
  );
  await page.getByRole('link', { name: 'Audit' }).click();
  await becomes(async () => (await rowsOf(page, 'Audit')).length > 0, true);
  expect(errors).toEqual([]);
}, 240_000);

it('holds removals past the guard until they have been looked at and approved', async () => {
  const devices = joined('HELD', 30);
  const id = await makeWorld('Held', devices);
  const { page } = await openSignedIn(browser, system.api);
  await mapOnPage(page, 'Held', 'Held group');
  await becomes(() => status(page), 'Success');
  await becomes(() => figure(page, 'Sync Completed'), '30');

  await system.simulator.editCollection(id, { remove: devices.map(({ name }) => name) });
  await becomes(() => status(page), 'Held');
  expect((await groupMembers('Held group')).length).toBe(30);
  await page.getByRole('tab', { name: 'Held (30)' }).click();
  await page.getByText('They would leave none of the 30 members of the group.').waitFor();
  await becomes(
    async () => (await rowsOf(page, 'Members whose removal is held')).slice(0, 2).map(([, name]) => name),
    ['HELD000', 'HELD001'],
  );

  await page.getByRole('button', { name: 'Approve removals' }).click();
  await page.getByText('Remove 30 members?').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve removals' }).click();
  await becomes(() => groupMembers('Held group'), []);
  await becomes(() => status(page), 'Success');
  await page.getByText('No removal is held').waitFor();
}, 180_000);

it('lets a part of a plan go, keeps the rest as unmanaged through a full run, and names whom nobody expects', async () => {
  const devices = joined('PART', 20);
  await makeWorld('Part', devices);
  for (const device of joined('FOREIGN', 12)) await system.simulator.send('POST', '/devices', device);
  const foreign = joined('FOREIGN', 12).map(({ name }) => name);
  await system.simulator.editGroup('Part group', {
    add: [...foreign, ...devices.slice(0, 1).map(({ name }) => name)],
  });
  const { id: groupId } = await system.simulator.group('Part group');
  const { tenantId } = system.simulator.addresses;
  const { items } = await system.api.get<{ items: { collectionId: string }[] }>('/collections?search=Part');
  await system.api.post('/mappings', {
    ...{ tenantId, groupId, collectionId: items[0]?.collectionId },
    policy: { guard: { maxRemovals: 3 } },
  });
  const { page } = await openSignedIn(browser, system.api);
  await page.goto(`/collections/${items[0]?.collectionId}?tab=Held`);
  const held = async (): Promise<(string | undefined)[]> =>
    (await rowsOf(page, 'Members whose removal is held')).map(([, name]) => name);
  await becomes(held, foreign);

  await page.getByRole('checkbox', { name: 'Choose FOREIGN000' }).check();
  await page.getByRole('checkbox', { name: 'Choose FOREIGN001' }).check();
  await page.getByRole('button', { name: 'Approve 2 chosen' }).click();
  await page.getByRole('alertdialog').getByText('Remove 2 of 12 members?').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve 2 chosen' }).click();
  await becomes(held, foreign.slice(2));
  expect(await groupMembers('Part group')).not.toContain('FOREIGN000');

  await page.getByRole('button', { name: 'Reject removals' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reject removals' }).click();
  await page.getByText('10 removals were rejected').waitFor();
  await page.getByText(/Closed .* by .*\. These members stay/).waitFor();
  await page.getByRole('button', { name: 'Keep as unmanaged' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep as unmanaged' }).click();
  await page.getByText('No removal is held').waitFor();
  await becomes(() => status(page), 'Success');

  await page.getByRole('button', { name: 'Full sync…' }).click();
  await page.getByRole('button', { name: 'Overwrite the group' }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await becomes(async () => (await rowsOf(page, 'History'))[0]?.slice(2, 5), ['Full', 'Operator', 'Completed']);
  expect(await groupMembers('Part group')).toEqual(expect.arrayContaining(foreign.slice(2)));
  await page.getByRole('tab', { name: 'Kept (10)' }).click();
  await page.getByText(/Decided .* by .*\. Full synchronisations leave/).waitFor();
  await page.getByRole('button', { name: 'Approve removals' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve removals' }).click();
  await becomes(async () => (await groupMembers('Part group')).filter((name) => name.startsWith('FOREIGN')), []);
}, 180_000);

it('finds a device over all groups, opens why there, and names in the run who joined', async () => {
  await makeWorld('Found', joined('SEEK', 2));
  const { page, errors } = await openSignedIn(browser, system.api);
  await mapOnPage(page, 'Found', 'Found group');
  await becomes(() => status(page), 'Success');
  const search = page.getByRole('search').getByRole('searchbox');
  await search.fill('seek00');
  await search.press('Enter');
  await becomes(
    async () => (await rowsOf(page, /^Found for/)).map(([name, , group, state]) => [name, group, state]),
    [
      ['SEEK000', 'Found group', 'Success'],
      ['SEEK001', 'Found group', 'Success'],
    ],
  );
  await page.getByRole('link', { name: 'SEEK001' }).click();
  const why = page.getByRole('dialog');
  await why.locator(':focus').waitFor();
  await why.getByText('Applied to the group: yes').waitFor();
  const timeline = why.getByRole('list', { name: 'What happened to it' }).getByRole('listitem');
  const happened = async (): Promise<string[]> =>
    (await timeline.locator('span').allInnerTexts()).map((text) => text.trim());
  await becomes(happened, ['Added to the group', 'Found in Microsoft Entra', 'Joined the collection']);
  await page.reload();
  await why.getByText('Applied to the group: yes').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Details of the run of / }).click();
  await becomes(
    async () => (await rowsOf(page, 'Who joined and left')).map(([name, change]) => [name, change]),
    [
      ['SEEK000', 'Joined'],
      ['SEEK001', 'Joined'],
    ],
  );
  await page.goto('/search?q=nobody-at-all');
  await page.getByText('No synchronised collection names "nobody-at-all"').waitFor();
  expect(await search.inputValue()).toBe('nobody-at-all');
  await search.fill('synchronize mem');
  await search.press('Enter');
  await page.getByText('here it is Full sync').waitFor();
  expect(errors).toEqual([]);
}, 120_000);

it('tells why a member waits and what to do, and traces each step', async () => {
  await makeWorld('Mixed', [...joined('MIX', 2), { name: 'GHOST', joined: 'site' }]);
  const { page } = await openSignedIn(browser, system.api);
  await mapOnPage(page, 'Mixed', 'Mixed group');
  await becomes(() => status(page), 'Partial Success');
  await page.getByRole('tab', { name: 'Waiting (1)' }).click();
  await becomes(
    async () =>
      (await rowsOf(page, 'Members that wait for their record')).map(([name, , reason]) => [
        name,
        reason?.split('\n')[0],
      ]),
    [['GHOST', 'NoEntraRecord (waiting)']],
  );
  await page.getByText('It joins by itself when the record appears').waitFor();
  await page.getByRole('button', { name: 'Why is GHOST (not) in the group?' }).click();
  await page.getByText('Found in Microsoft Entra: waiting').waitFor();
  await page.getByText('In the collection: yes').waitFor();
  await page.getByLabel('Name of the device or user').fill('NOBODY');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByText('In the collection: no').waitFor();
  const known = page.getByRole('region', { name: 'At the site and in Microsoft Entra' });
  await known.getByText('Known to neither').waitFor();
  await system.simulator.send('POST', '/devices', { name: 'STRAY' });
  for (const [name, knownTo, says] of [
    ['STRAY', 'Known to both', 'It is not in this collection: none of its rules selects it'],
    ['MIX000', 'Known to both', 'It is in this collection by a direct rule.'],
    ['GHOST', 'Known to the site alone', 'No object of Microsoft Entra belongs to it.'],
  ] as const) {
    await page.getByLabel('Name of the device or user').fill(name);
    await page.getByRole('button', { name: 'Explain' }).click();
    await known.getByText(says).waitFor();
    await known.getByText(knownTo).waitFor();
  }
  await page.getByRole('button', { name: 'Close' }).click();

  await system.simulator.send('POST', '/devices/GHOST/join', { where: 'directory' });
  await becomes(() => status(page), 'Success');
}, 180_000);

it('shows a run while it is under way, with the time it takes, and its end without being asked', async () => {
  await makeWorld('Long', joined('LONG', 400));
  await system.simulator.send('POST', '/faults', {
    face: 'graph',
    method: 'POST',
    url: 'batch',
    level: 'outer',
    delayMs: 1_500,
    times: 30,
  });
  const { page } = await openSignedIn(browser, system.api);
  await mapOnPage(page, 'Long', 'Long group');
  const run = page.getByRole('progressbar');
  await run.waitFor();
  await page.getByText(/[1-9]\d* of 400/).waitFor();
  await page.getByText(/(about|at least) .* (left|by the write budget)/).waitFor();
  await becomes(() => status(page), 'Success');
  await becomes(() => run.count(), 0);
  await becomes(() => figure(page, 'Sync Completed'), '400');
  await system.simulator.send('DELETE', '/faults');

  // a long list has rows only for what can be seen
  await page.getByRole('tab', { name: 'Success (400)' }).click();
  await page.getByText('LONG000').waitFor();
  expect((await rowsOf(page, 'Members in the group')).length).toBeLessThan(60);
  await page.getByRole('main').getByRole('searchbox').fill('LONG39');
  await becomes(async () => (await rowsOf(page, 'Members in the group')).length, 10);
}, 240_000);

it('reads again only the members that are seen, and the others once they are seen again', async () => {
  const id = await makeWorld('Many', joined('MANY', 1_100));
  const { page } = await openSignedIn(browser, system.api);
  await mapOnPage(page, 'Many', 'Many group');
  await becomes(() => figure(page, 'Sync Completed'), '1,100');
  await page.getByRole('tab', { name: 'Success (1,100)' }).click();
  const list = page.getByRole('region', { name: 'Members in the group' });
  await list.getByText('MANY000', { exact: true }).waitFor();
  const scrollTo = (where: 'top' | 'end'): Promise<unknown> =>
    list.evaluate((area, end) => area.scrollTo({ top: end ? area.scrollHeight : 0 }), where === 'end');
  await eventually(async () => {
    await scrollTo('end');
    return list.getByText('MANY999', { exact: true }).isVisible();
  }, SOON);

  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  const pagesRequested = (): URL[] => asked.filter(({ pathname }) => pathname.endsWith('/members'));
  await system.simulator.editCollection(id, { remove: ['MANY000'] });
  await becomes(() => figure(page, 'Sync Completed'), '1,099');
  await eventually(async () => pagesRequested().length > 0, SOON);
  expect(pagesRequested().filter(({ searchParams }) => !searchParams.has('cursor'))).toEqual([]);
  await scrollTo('top');
  await list.getByText('MANY001', { exact: true }).waitFor();
  await list.getByText('MANY000', { exact: true }).waitFor({ state: 'detached' });
}, 180_000);

it('shows who comes into a list that was empty', async () => {
  const id = await makeWorld('Empty', joined('COMES', 2), []);
  const { page } = await openSignedIn(browser, system.api);
  await mapOnPage(page, 'Empty', 'Empty group');
  await becomes(() => status(page), 'Success');
  await page.getByRole('tab', { name: 'Success (0)' }).click();
  await page.getByText('No member is in the group yet').waitFor();
  await system.simulator.editCollection(id, { add: ['COMES000', 'COMES001'] });
  await becomes(
    async () => (await rowsOf(page, 'Members in the group')).map(([name]) => name),
    ['COMES000', 'COMES001'],
  );
}, 120_000);

it('takes over what the product synchronises itself', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await page.getByRole('link', { name: 'Take over' }).click();
  await page.getByRole('button', { name: 'Preview Taken group' }).click();
  await page.getByText('3 would join, 0 would leave, 0 would stay.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Take over Taken group' }).click();
  await becomes(
    async () => (await rowsOf(page, 'Relations of Configuration Manager')).map((row) => row[2]),
    ['Taken over'],
  );
  await page.getByText(/^Set-CMCollectionCloudSync -Id 'ABC\w+' -RemoveGroupName 'Taken group'$/).waitFor();
  await page.getByRole('link', { name: 'Taken', exact: true }).click();
  await becomes(() => status(page), 'Paused');
  expect(await groupMembers('Taken group')).toEqual([]);
}, 120_000);

it('says that live changes are lost and takes them up again', async () => {
  const { page } = await openConsole(browser, system.api);
  let away = true;
  await page.route('**/api/v1/events', (route) => (away ? route.abort() : route.continue()));
  await signIn(page, system.api.token);
  await page.getByText('Reconnecting').waitFor();
  away = false;
  await page.getByText('Live', { exact: true }).waitFor();
});

it('remembers the columns that were chosen, and what is searched is in the address', async () => {
  const { page } = await openSignedIn(browser, system.api);
  const titles = (): Promise<string[]> => page.getByRole('columnheader').allInnerTexts();
  await page.getByRole('columnheader').first().waitFor();
  expect(await titles()).toHaveLength(10);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Last Full Sync Time' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Freshness' }).click();
  await page.keyboard.press('Escape');
  await becomes(titles, expect.arrayContaining(['Last Full Sync Time', 'Freshness']));
  await page.getByRole('combobox', { name: 'Which collections are shown' }).click();
  await page.getByRole('option', { name: 'All collections' }).click();
  await page.getByRole('main').getByRole('searchbox').fill('all sys');
  await becomes(async () => (await rowsOf(page, 'Collections')).map(([, name]) => name), ['All Systems']);
  await page.reload();
  await becomes(async () => (await rowsOf(page, 'Collections')).map(([, name]) => name), ['All Systems']);
  expect(await titles()).toHaveLength(12);

  // a width that is dragged, and one by keyboard, are those of the next visit
  const width = async (title: string): Promise<number> =>
    Math.round((await page.getByRole('columnheader', { name: title }).boundingBox())?.width ?? 0);
  const handle = page.getByRole('separator', { name: 'Width of Cloud Sync Status' });
  const before = await width('Cloud Sync Status');
  const place = await handle.boundingBox();
  if (!place) throw new Error('the handle is not shown');
  await page.mouse.move(place.x + 4, place.y + 10);
  await page.mouse.down();
  await page.mouse.move(place.x + 104, place.y + 10, { steps: 4 });
  await page.mouse.up();
  await becomes(() => width('Cloud Sync Status'), before + 100);
  await handle.press('ArrowLeft');
  await becomes(() => width('Cloud Sync Status'), before + 84);
  await page.reload();
  await becomes(() => width('Cloud Sync Status'), before + 84);
  await handle.press('Home');
  await becomes(() => width('Cloud Sync Status'), before);
});

it('keeps a new tab signed in without storing the token, and signs out of all tabs', async () => {
  const { page } = await openSignedIn(browser, system.api);
  const tab = await page.context().newPage();
  await tab.goto('/audit');
  await tab.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
  expect(await tab.evaluate('JSON.stringify(localStorage)')).not.toContain(system.api.token);
  await page.getByRole('button', { name: /account and theme/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Access token').waitFor();
  await tab.getByLabel('Access token').waitFor();
  await tab.reload();
  await tab.getByLabel('Access token').waitFor();
});

it('does with several groups at once what can be done, after saying what and with whom', async () => {
  for (const at of [1, 2, 3]) await makeWorld(`Bulk ${at}`, joined(`BULK${at}-`, 2));
  const { tenantId } = system.simulator.addresses;
  for (const at of [1, 2, 3]) {
    const { items } = await system.api.get<{ items: { collectionId: string }[] }>(`/collections?search=Bulk ${at}`);
    const { id: groupId } = await system.simulator.group(`Bulk ${at} group`);
    await system.api.post('/mappings', {
      tenantId,
      groupId,
      collectionId: items[0]?.collectionId,
      paused: at === 3,
    });
  }
  for (const at of [1, 2]) await becomes(async () => (await groupMembers(`Bulk ${at} group`)).length, 2);
  const { page, errors } = await openSignedIn(browser, system.api);
  await page.getByRole('main').getByRole('searchbox').fill('Bulk');
  await becomes(
    async () => (await rowsOf(page, 'Collections')).map(([, , status]) => status?.split('\n')[0]),
    ['Success', 'Success', 'Paused'],
  );
  const dialog = page.getByRole('alertdialog');
  const planned = (): Promise<string[][]> => rowsOf(page, 'Chosen groups');

  await system.simulator.editGroup('Bulk 1 group', { remove: ['BULK1-000'] });
  await page.getByRole('checkbox', { name: 'Choose all groups that are loaded' }).check();
  await page.getByRole('button', { name: 'Full sync…' }).click();
  await dialog.getByText('Make 2 groups equal to their collections?').waitFor();
  await dialog.getByText('1 of 3 chosen are left out.').waitFor();
  expect(await planned()).toEqual([
    ['Bulk 1 group', 'Will be overwritten'],
    ['Bulk 2 group', 'Will be overwritten'],
    ['Bulk 3 group', 'Left out: it is paused'],
  ]);
  await dialog.getByRole('button', { name: 'Overwrite 2' }).click();
  await dialog.getByText('2 of 2 done, 0 refused').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await becomes(() => groupMembers('Bulk 1 group'), ['BULK1-000', 'BULK1-001']);
  expect(await groupMembers('Bulk 3 group')).toEqual([]);

  await page.getByRole('checkbox', { name: 'Choose Bulk 1 group' }).check();
  await page.getByRole('checkbox', { name: 'Choose Bulk 3 group' }).check();
  await page.getByRole('button', { name: 'Resume…' }).click();
  await dialog.getByText('Resume 1 group?').waitFor();
  await dialog.getByRole('button', { name: 'Resume 1' }).click();
  await dialog.getByText('1 of 1 done, 0 refused').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await becomes(() => groupMembers('Bulk 3 group'), ['BULK3-000', 'BULK3-001']);
  expect(errors).toEqual([]);
}, 180_000);

it('shows what would steer a text as symbols, in tables, headings, labels and messages', async () => {
  const [name, device] = ['Pay\u202Eroll\u0007', ' PC\u2028ODD'];
  const [seen, seenDevice] = ['Pay⟨U+202E⟩roll␇', '␠PC⟨U+2028⟩ODD'];
  const id = await makeWorld(name, [{ name: device, joined: 'both' }]);
  const { page, errors } = await openSignedIn(browser, system.api);
  await page.getByRole('link', { name: 'Map a collection' }).click();
  await page.getByRole('main').getByRole('searchbox').fill(id);
  await page.getByRole('radio', { name: seen, exact: true }).waitFor();
  const { id: groupId } = await system.simulator.group(`${name} group`);
  await system.api.post('/mappings', { tenantId: system.simulator.addresses.tenantId, groupId, collectionId: id });
  await page.goto(`/collections/${id}`);
  await page.getByRole('heading', { name: seen, level: 1 }).waitFor();
  await page.getByRole('tab', { name: 'Success (1)' }).click();
  await becomes(async () => (await rowsOf(page, 'Members in the group')).map(([first]) => first), [seenDevice]);
  expect(await page.locator('body').innerText()).not.toMatch(/[\u202E\u0007\u2028]/);
  expect(errors).toEqual([]);
});

it('can be used with the keyboard alone', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await page.getByRole('main').getByRole('searchbox').waitFor();
  await page.keyboard.press('Shift+Tab');
  // once round, however many rows there are
  const focused = (): Promise<string> =>
    page.evaluate('document.activeElement?.ariaLabel || document.activeElement?.textContent || ""');
  const first = await focused();
  const reached = [first];
  do {
    await page.keyboard.press('Tab');
    reached.push(await focused());
  } while (reached.at(-1) !== first && reached.length < 300);
  expect(reached.at(-1)).toBe(first);
  expect(reached).toEqual(
    expect.arrayContaining([
      'Skip to the page',
      'Find a device or user',
      'Health',
      'Map a collection',
      'Columns',
      'Export',
    ]),
  );
});

it('loads at most 350 KiB of script, compressed, before the first page is shown', async () => {
  const { page } = await openSignedIn(browser, system.api);
  await page.getByRole('button', { name: 'Columns' }).waitFor();
  const scripts = await page.evaluate<{ encodedBodySize: number; decodedBodySize: number }[]>(
    "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map((entry) => entry.toJSON())",
  );
  const size = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  expect(size).toBeGreaterThan(50 * 1_024);
  expect(size).toBeLessThan(350 * 1_024);
  expect(
    scripts.every(
      ({ encodedBodySize, decodedBodySize }) => encodedBodySize < decodedBodySize || decodedBodySize < 1_024,
    ),
  ).toBe(true);
});
