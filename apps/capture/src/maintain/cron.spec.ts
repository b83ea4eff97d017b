import { describe, expect, it } from 'vitest';
import { nextTime } from './run-maintenance.js';

const next = (cron: string, zone: string, readAt: string): string | undefined =>
  nextTime(
    { target: 't', collection: 'ABC00014', cron, timeZone: zone, readAt: new Date(readAt), now: new Date(readAt) },
    1,
  )?.toISOString();

describe('the next time of a cron schedule', () => {
  it('is reckoned in its time zone', () => {
    expect(next('0 6 * * *', 'Europe/Berlin', '2026-01-10T12:00:00Z')).toBe('2026-01-11T05:00:00.000Z');
    expect(next('0 6 * * *', 'Europe/Berlin', '2026-07-10T12:00:00Z')).toBe('2026-07-11T04:00:00.000Z');
  });

  it('comes once on the day when the clocks go back, and does come on the day when its hour is left out', () => {
    // 25 October 2026: 02:30 happens twice in Berlin; 29 March 2026: it does not happen
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')?.slice(0, 10)).toBe('2026-03-29');
  });

  it('is none for what cannot be read', () => {
    expect(next('every now and then', 'UTC', '2026-01-10T12:00:00Z')).toBeUndefined();
    expect(next('0 6 * * *', 'Middle/Earth', '2026-01-10T12:00:00Z')).toBeUndefined();
  });

  it('is spread over a tick by the id of the collection, always alike', () => {
    const times = Array.from({ length: 50 }, (_, index) =>
      nextTime(
        {
          target: 't',
          collection: `ABC000${String(index).padStart(2, '0')}`,
          cron: '0 6 * * *',
          timeZone: 'UTC',
          readAt: null,
          now: new Date('2026-01-10T12:00:00Z'),
        },
        30_000,
      )!.getTime(),
    );
    expect(new Set(times).size).toBeGreaterThan(25);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(30_000);
  });
});
