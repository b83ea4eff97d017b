import { describe, expect, it } from 'vitest';
import { RunSlots } from './run-slots.js';

const of = (tenant: string) => ({ target: { tenant } });
const take = (slots: RunSlots, tenant: string) =>
  slots.take((waiting) => Promise.resolve(waiting.includes(tenant) ? undefined : of(tenant)));

describe('the slots of a process', () => {
  it('are all for the one tenant there is', async () => {
    const slots = new RunSlots('full', ['a'], 2);
    expect(slots.count).toBe(2);
    expect(await take(slots, 'a')).toBeDefined();
    expect(await take(slots, 'a')).toBeDefined();
  });

  it('leave one for each tenant, however many runs another one has due', async () => {
    const slots = new RunSlots('full', ['a', 'b', 'c'], 2);
    expect(slots.count).toBe(4);
    const taken = await Promise.all(Array.from({ length: 4 }, () => take(slots, 'a')));
    expect(taken.filter(Boolean)).toHaveLength(2);
    expect(await take(slots, 'b')).toBeDefined();
    expect(await take(slots, 'b')).toBeUndefined();
    expect(await take(slots, 'c')).toBeDefined();
    slots.leave('a');
    expect(await take(slots, 'c')).toBeDefined();
    expect(await take(slots, 'a')).toBeUndefined();
  });

  it('go on after a claim that failed', async () => {
    const slots = new RunSlots('full', ['a', 'b'], 1);
    await expect(slots.take(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await take(slots, 'a')).toBeDefined();
    slots.leave('a');
    expect(slots.waiting()).toEqual([]);
  });

  it('look once for all who asked before the look, and again for who asks later', async () => {
    const slots = new RunSlots('full', ['a'], 8);
    const nothing = Promise.withResolvers<undefined>();
    const looks = [nothing.promise, Promise.resolve(of('a'))];
    const look = () => looks.shift() ?? Promise.reject(new Error('one look too many'));
    const before = [slots.take(look), slots.take(look), slots.take(look)];
    await Promise.resolve();
    const later = slots.take(look);
    nothing.resolve(undefined);
    expect(await Promise.all(before)).toEqual([undefined, undefined, undefined]);
    expect(await later).toEqual(of('a'));
  });
});
