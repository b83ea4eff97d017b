import { TOPICS, type EventInput } from '@collection-sync/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFixture, type Fixture } from '../../test/status-fixture.js';

let status: Fixture;
beforeEach(async () => {
  status = await startFixture();
});
afterEach(() => status.close());

const at = '2026-10-10T10:00:00.000Z';
const site = (name: string, more: Partial<EventInput<typeof TOPICS.upstream>>) =>
  status.publish(TOPICS.upstream, {
    kind: 'site',
    name,
    address: 'cm01.contoso.com',
    state: 'unavailable',
    since: at,
    checkedAt: at,
    sequence: 1,
    ...more,
  });
const unnamed = () => site('unnamed', { code: 'SOURCE_SIGN_IN_REFUSED', reason: 'The keytab is wrong.' });
const shown = async () => (await status.request('GET', '/upstreams')).body['items'];

it('shows a site that was never reached', async () => {
  await unnamed();
  expect(await shown()).toMatchObject([
    { name: 'unnamed', address: 'cm01.contoso.com', since: at, reason: 'The keytab is wrong.', lastSuccess: null },
  ]);
});

it.each(['before', 'after'])('shows it once when it is named, %s what is old is read', async (order) => {
  const named = () => site('ABC', { state: 'ready', lastSuccess: at, sequence: 2 });
  if (order === 'before') await named();
  await unnamed();
  await named();
  expect(await shown()).toMatchObject([{ name: 'ABC', state: 'ready', lastSuccess: at }]);
});
