import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { Policy, Schedule } from './settings.js';

vi.stubGlobal('navigator', { languages: ['en-GB'] });
const { DEFAULT_POLICY, DEFAULT_SCHEDULE } = await import('./settings.js');
const { policyToAddress, scheduleToAddress, settingsIn } = await import('./settings-address.js');

const fates = fc.constantFrom('fail' as const, 'exclude' as const);
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Etc/GMT+5');
const times = fc.record({ expression: fc.string(), timeZone: fc.oneof(zones, fc.constant('')) });
const policies: fc.Arbitrary<Policy> = fc.record({
  guard: fc.record({
    maxRemovals: fc.oneof(fc.nat(), fc.constant(Number.NaN)),
    maxShare: fc.integer({ min: 0, max: 10_000 }).map((share) => share / 10_000),
    shareFrom: fc.nat(),
    neverEmptyFrom: fc.nat(),
    expiresAfterHours: fc.integer({ min: 1, max: 99_999 }),
  }),
  withoutRecord: fates,
  otherTenant: fates,
  disabledObjects: fc.constantFrom('keep' as const, 'remove' as const),
  fullRuns: fc.option(times),
  compareRuns: fc.option(times),
});
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.nat().map((seconds) => ({ kind: 'interval' as const, seconds })),
  fc.record({ kind: fc.constant('cron' as const), expression: fc.string(), timeZone: zones }),
  fc.constant({ kind: 'manual' as const }),
);
const addressOf = (policy: Policy, schedule: Schedule): URLSearchParams => {
  const given = Object.entries({ ...policyToAddress(policy), ...scheduleToAddress(schedule) });
  return new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])));
};

it('comes back from the address as it was put there, numbers that are being typed too', () => {
  fc.assert(
    fc.property(policies, schedules, (policy, schedule) => {
      expect(settingsIn(addressOf(policy, schedule))).toEqual({ policy, schedule });
    }),
  );
});

it('needs no address for what the API takes when nothing is said', () => {
  expect([...addressOf(DEFAULT_POLICY, DEFAULT_SCHEDULE)]).toEqual([]);
});
