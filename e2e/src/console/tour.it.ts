import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Addresses } from '@collection-sync/simulator';
import { eventually, readVariable, runProcess, type RunningProcess } from '@collection-sync/testing';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ApiClient } from '../api-client.js';
import { SimulatorClient } from '../simulator.js';
import { readyStandalone } from '../system.js';
import { launchBrowser } from './browser.js';
import { closeWindows, openSignedIn } from './console-page.js';

const SOON = { deadline: 90_000 };
const page = await readFile(new URL('../../../docs/tour.md', import.meta.url), 'utf8');
const [preface = '', ...chapters] = page.split(/^## /m);
const commandsIn = (text: string): string[] => [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
const [FUNCTIONS = ''] = commandsIn(preface);

let folder: string;
let standalone: RunningProcess;
let api: ApiClient;
let simulator: SimulatorClient;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tour-'));
  await chmod(folder, 0o755);
  standalone = runProcess({
    file: 'apps/standalone/dist/main.js',
    env: { DATA_DIR: join(folder, '.data'), PORT: '0' },
  });
  api = await readyStandalone(standalone);
  const addresses = await readFile(join(folder, '.data/simulator.json'), 'utf8');
  simulator = new SimulatorClient(JSON.parse(addresses) as Addresses);
  // what nobody does is not to come in between
  await simulator.send('POST', '/churn', { perMinute: 0 });
  browser = await launchBrowser();
  for (const name of ['Berlin devices', 'Lisbon devices'])
    await eventually(async () => expect((await row(name))?.cloudSyncStatus).toMatch(/Success/), SOON);
}, 240_000);
afterEach(({ task }) => closeWindows(browser, task.result?.state === 'fail'));
afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** As somebody would who pastes it into a terminal beside `npm start`. */
const paste = (commands: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { PATH: `${dirname(process.execPath)}:${readVariable('PATH') ?? ''}`, HOME: folder };
    execFile('sh', ['-ec', `${FUNCTIONS}\n${commands}`], { cwd: folder, env }, (error, out, err) =>
      error ? reject(new Error(`${commands}: ${err}`, { cause: error })) : resolve(out),
    );
  });
/** The commands of a chapter, each with what it leads to. */
const chapter = async (title: string, ...outcomes: (() => Promise<unknown>)[]): Promise<void> => {
  const blocks = commandsIn(chapters.find((each) => each.startsWith(title)) ?? '');
  expect(blocks).toHaveLength(outcomes.length);
  for (const [at, block] of blocks.entries()) {
    expect(await paste(block)).not.toContain('"error"');
    await outcomes[at]?.();
  }
};

interface Row {
  collectionId: string;
  collectionName: string;
  target: string;
  cloudSyncStatus: string;
  syncHeld: number;
}
const row = async (name: string): Promise<Row | undefined> =>
  (await api.get<{ items: Row[] }>('/collections?mapped=true')).items.find(
    ({ collectionName }) => collectionName === name,
  );
const is = (name: string, status: string): Promise<unknown> =>
  eventually(async () => expect((await row(name))?.cloudSyncStatus).toBe(status), SOON);
const whyTour = async (): Promise<string> =>
  JSON.stringify(await api.get(`/targets/${(await row('Berlin devices'))?.target}/why?name=TOUR-01`));
const inGroup = async (): Promise<boolean> =>
  (await simulator.group('Intune - Berlin devices')).members.some(({ name }) => name === 'TOUR-01');
const alerts = async (): Promise<number> => (await api.get<{ items: unknown[] }>('/alerts')).items.length;

it('is offered on the first page of the demo until it is hidden, with commands to copy', async () => {
  const { page: shown, errors } = await openSignedIn(browser, api);
  const card = shown.getByRole('region', { name: 'A tour of the demo' });
  await card.getByRole('button', { name: '3. Hold removals, and decide' }).click();
  const step = shown.getByRole('dialog');
  await step.getByText(`control PUT "/collections/$(collection 'Lisbon devices')/members"`).waitFor();
  await step.getByRole('button', { name: 'Next' }).click();
  await step.getByRole('heading', { name: /^Change a group/ }).waitFor();
  await shown.reload();
  await step.getByRole('heading', { name: /^Change a group/ }).waitFor();
  await step.getByRole('button', { name: 'Close' }).click();
  await card.getByRole('button', { name: 'Hide the tour' }).click();
  await card.waitFor({ state: 'detached' });
  await shown.reload();
  await shown.getByRole('table', { name: 'Collections' }).waitFor();
  expect(await card.count()).toBe(0);
  expect(errors).toEqual([]);
}, 120_000);

it('breaks a device and mends it', async () => {
  await chapter(
    'See why',
    () => eventually(async () => expect(await whyTour()).toMatch(/"reason":"No(EntraRecord|Identity)"/), SOON),
    () => eventually(async () => expect(await inGroup()).toBe(true), SOON),
  );
}, 240_000);

it(
  'stops the site, and lets it answer again',
  () =>
    chapter(
      'Stop the site',
      () => eventually(async () => expect(await alerts()).toBe(1), SOON),
      () => eventually(async () => expect(await alerts()).toBe(0), SOON),
    ),
  240_000,
);

it('holds removals: nobody leaves', async () => {
  const group = async (): Promise<number> => (await simulator.group('Intune - Lisbon devices')).members.length;
  const before = await group();
  expect(before).toBeGreaterThan(1);
  await chapter('Hold removals', () => is('Lisbon devices', 'Held'));
  expect(await group()).toBe(before);
  expect((await row('Lisbon devices'))?.syncHeld).toBe(before);
}, 240_000);

it('changes a group behind the product’s back, which a full synchronisation puts right', async () => {
  await chapter('Change a group', async () => expect(await inGroup()).toBe(false));
  await api.post(`/targets/${(await row('Berlin devices'))?.target}/sync`, { kind: 'full' });
  await eventually(async () => expect(await inGroup()).toBe(true), SOON);
}, 240_000);
