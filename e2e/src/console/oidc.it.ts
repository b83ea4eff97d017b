import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import { DEFAULT_BUDGET, encodeEvent, TOPICS } from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { Metrics, silentLogger } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { InProcessBudget } from '@collection-sync/redis';
import { OidcAuthenticator, status } from '@collection-sync/status';
import { eventually, freshDatabase } from '@collection-sync/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { launchBrowser } from './browser.js';
import { closeWindows, openConsole, rowsOf } from './console-page.js';
import { AUDIENCE, CLIENT, startSignInProvider, type SignInProvider } from './sign-in-provider.js';

let provider: SignInProvider;
let browser: Browser;
let url: string;
let close: () => Promise<void>;

/** The status service with one collection, signing in at the provider. */
const startWithProvider = async (issuer: string) => {
  const log = silentLogger();
  const database = new ServiceDatabase({ url: await freshDatabase(), schema: 'status', application: 'console-test' });
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log, services: ['status'] });
  const budget = new InProcessBudget(() => DEFAULT_BUDGET);
  const auth = new OidcAuthenticator({ issuer, audience: AUDIENCE, clientId: CLIENT });
  const service = await status
    .with({
      database,
      bus,
      graph: new MeteredGraph(new GraphTenants([]), budget),
      auth,
      http: { port: 0 },
    })
    .start(log, { metrics: new Metrics('status') });
  const now = new Date().toISOString();
  const collection = {
    collection: 'ABC00014',
    site: 'ABC',
    name: 'Collection1',
    type: 'device' as const,
    count: 2,
    state: 'ok' as const,
    version: 1,
    changedAt: now,
    checkedAt: now,
    lastRead: null,
    lastComplete: null,
    sequence: 1,
  };
  await bus.publisher.publish([encodeEvent(TOPICS.collection, collection, 'test')]);
  close = async () => {
    await service.close();
    await bus.close();
    await database.close();
  };
  return service.url ?? '';
};

beforeAll(async () => {
  [provider, browser] = await Promise.all([startSignInProvider(), launchBrowser()]);
  url = await startWithProvider(provider.issuer);
  provider.register(url);
}, 120_000);
afterEach(({ task }) => closeWindows(browser, task.result?.state === 'fail'));
afterAll(async () => {
  await browser?.close();
  await close?.();
  await provider?.close();
}, 60_000);

const openWithoutToken = (): Promise<{ page: Page; errors: string[] }> => openConsole(browser, new ApiClient(url, ''));

/** On the pages of the provider. */
const signInAs = async (page: Page, name: string): Promise<void> => {
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
};

it('lets a Reader in through the provider, to the page asked for, without the buttons of an operator', async () => {
  const { page, errors } = await openWithoutToken();
  await page.goto('/collections?scope=all');
  await page.getByText(`Sign in with your account at ${new URL(provider.issuer).host}`).waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signInAs(page, 'rita');

  await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();
  await eventually(async () =>
    expect((await rowsOf(page, 'Collections')).map(([name]) => name)).toEqual(['Collection1']),
  );
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/collections?scope=all');
  await page.getByRole('button', { name: 'rita (Reader): account and theme' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Map a collection' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Map a collection' }).count()).toBe(0);
  await page.reload();
  await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();

  // the provider knows who it is: a new tab signs in without asking, to its own page
  const tab = await page.context().newPage();
  await tab.goto('/search?q=pc');
  await tab.getByRole('button', { name: 'rita (Reader): account and theme' }).waitFor();
  expect(new URL(tab.url()).search).toBe('?q=pc');

  await page.getByRole('button', { name: /account and theme/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.getByText('Sign in with your account').waitFor();
  await tab.getByText('Sign in with your account').waitFor();
  await tab.reload();
  await tab.getByText('Sign in with your account').waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('input[name=login]').waitFor();
  expect(errors).toEqual([]);
}, 90_000);

it('asks in a new tab whoever the provider does not know any more', async () => {
  const { page } = await openWithoutToken();
  await page.evaluate(() => localStorage.setItem('collection-sync.signed-in', 'yes'));
  await page.goto('/audit');
  await page.getByText('Sign in with your account').waitFor();
  expect(new URL(page.url()).pathname).toBe('/audit');
  expect(await page.evaluate(() => localStorage.getItem('collection-sync.signed-in'))).toBeNull();
}, 60_000);

it('tells who signed in without a role so, and offers to sign in as somebody else', async () => {
  const { page } = await openWithoutToken();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signInAs(page, 'nora');
  await page.getByText('nora has none of the roles of Collection Sync.').waitFor();
  await page.getByText('Assign Reader, Operator or Admin').waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);

  await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await signInAs(page, 'otto');
  await page.getByRole('button', { name: 'otto (Operator): account and theme' }).waitFor();
}, 90_000);

it('says why a token is not accepted, and does not send its reader in a circle', async () => {
  const { page } = await openWithoutToken();
  await page.evaluate(() => sessionStorage.setItem('collection-sync.token', 'e30.e30.e30'));
  await page.reload();
  await page.getByText('The sign-in is not accepted: The token is not valid.').waitFor();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
}, 60_000);

it('says when the provider refuses', async () => {
  const { page } = await openWithoutToken();
  await page.goto('/signed-in?error=access_denied&error_description=The+person+said+no&state=unknown');
  await page.getByText('The sign-in did not succeed').waitFor();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByText('Sign in with your account').waitFor();
}, 60_000);
