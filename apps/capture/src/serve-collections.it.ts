import { AppError, TOPICS } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CaptureHarness, COLLECTION, simulatedSite } from '../test/harness.js';

let site: Awaited<ReturnType<typeof simulatedSite>>;
let capture: CaptureHarness;

beforeAll(async () => {
  site = await simulatedSite('ten-step');
});
afterAll(() => site.close());

beforeEach(async () => {
  capture = await CaptureHarness.create(site.site);
  await capture.directory('ready');
  await capture.map();
  return () => capture.close();
});

const shown = async () =>
  (await capture.published(TOPICS.collection)).filter(({ collection }) => collection === COLLECTION).at(-1);

it('a collection that cannot be served says why and what to do, until it can', async () => {
  capture.atPoint = () => {
    throw new TypeError('cannot read the row');
  };
  await capture.converge();
  const first = await shown();
  expect(first?.failure).toMatchObject({ code: 'INTERNAL', message: 'cannot read the row' });
  expect(first?.failure?.advice).not.toBe('');
  await capture.reread();
  expect(await shown()).toMatchObject({ failure: first?.failure });
  capture.atPoint = undefined;
  await capture.reread();
  const last = await shown();
  expect(last?.state).toBe('ok');
  expect(last?.failure).toBeUndefined();
});

it('what may pass by itself is told when it came twice', async () => {
  capture.atPoint = () => {
    throw new AppError('BUS_UNAVAILABLE', 'the broker is away');
  };
  await capture.converge();
  expect((await shown())?.failure).toBeUndefined();
  await capture.reread();
  expect((await shown())?.failure).toMatchObject({ code: 'BUS_UNAVAILABLE' });
});
