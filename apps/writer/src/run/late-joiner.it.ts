import type { MembershipChange } from '@collection-sync/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Harness, objectOf } from '../../test/writer-harness.js';

let h: Harness;

beforeAll(async () => {
  h = await Harness.inWorld({ devices: 10, groups: [{}] });
});

afterAll(() => h.close());

const timesToJoin = async (): Promise<number[]> =>
  (await h.writer.metrics.timeToJoin.get()).values
    .filter(({ metricName }) => /_(count|sum)$/.test(metricName ?? ''))
    .map(({ value }) => value);

it('the time from the record to the member in the group is told of those that waited for it, once', async () => {
  const mapping = await h.map();
  const appearedAt = new Date(Date.now() - 42_000).toISOString();
  const member = (resource: number, rest: object): MembershipChange['adds'][number] => ({
    resource,
    kind: 'device',
    name: `D${resource}`,
    object: null,
    ...rest,
  });
  const first = await h.first(mapping, [
    member(1, { reason: 'NoEntraRecord' }),
    member(2, { object: objectOf(2), appearedAt }),
  ]);
  await h.converge();
  expect(await h.members()).toEqual([2]);
  expect((await timesToJoin()).every((value) => value === 0)).toBe(true);

  const joined = member(1, { object: objectOf(1), appearedAt });
  const second = await h.delta(mapping, first.to, [joined]);
  await h.converge();
  await h.delta(mapping, second.to, [joined, 3]);
  await h.converge();
  expect(await h.members()).toEqual([1, 2, 3]);
  const [sum = 0, count] = await timesToJoin();
  expect(count).toBe(1);
  expect(sum).toBeGreaterThan(42);
  expect(sum).toBeLessThan(120);
});
