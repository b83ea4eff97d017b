import { TOPICS } from '@collection-sync/core';
import { Health } from '@collection-sync/platform';
import { beforeEach, expect, it } from 'vitest';
import { FakeSite } from '../../test/fake-site.js';
import { CaptureHarness } from '../../test/harness.js';
import { showSource } from './show-source.js';

let site: FakeSite;
let capture: CaptureHarness;
beforeEach(async () => {
  site = new FakeSite();
  capture = await CaptureHarness.create(site);
  return () => capture.close();
});

/** What the health of one replica says, whichever of them listed. */
const shown = async () => {
  const health = new Health();
  await showSource({ database: capture.database, health });
  return health.report().parts['site'];
};
const upstream = async () => (await capture.published(TOPICS.upstream)).at(-1);

it('tells of a site that was never reached, by its address, with since and reason but without a success', async () => {
  expect(await shown()).toMatchObject({ state: 'waiting', detail: expect.stringContaining('not been listed yet') });
  site.failing = 'everything';
  await capture.tick();
  const published = await upstream();
  expect(published).toMatchObject({ kind: 'site', name: 'unnamed', address: 'site.test', state: 'unavailable' });
  expect(published).toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason: expect.stringContaining('does not answer') });
  expect(published?.lastSuccess).toBeUndefined();
  const part = await shown();
  expect(part).toMatchObject({ state: 'waiting', detail: published?.reason, since: published?.since });
  expect(part?.lastSuccess).toBeUndefined();
});

it('has the code of the site from its first good listing on, and remembers it when it goes away', async () => {
  site.failing = 'everything';
  await capture.tick();
  site.failing = undefined;
  await capture.tick();
  const ready = await upstream();
  expect(ready).toMatchObject({ name: 'ABC', address: 'site.test', state: 'ready' });
  expect(await shown()).toEqual({ state: 'ok', since: ready?.since, lastSuccess: ready?.lastSuccess });
  site.failing = 'everything';
  await capture.tick();
  const away = await upstream();
  expect(away).toMatchObject({ name: 'ABC', state: 'unavailable', lastSuccess: ready?.lastSuccess });
  expect(await shown()).toMatchObject({ state: 'waiting', since: away?.since, lastSuccess: ready?.lastSuccess });
});
