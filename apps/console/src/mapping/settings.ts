import type { Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';

type Mapping = Schema['Mapping'];
export type Policy = Mapping['policy'];
export type Schedule = Mapping['schedule'];
export type Times = NonNullable<Policy['fullRuns']>;

export interface Settings {
  readonly policy: Policy;
  readonly schedule: Schedule;
}

/** What the API takes when nothing is said. */
export const DEFAULT_POLICY: Policy = {
  guard: { maxRemovals: 500, maxShare: 0.25, shareFrom: 50, neverEmptyFrom: 2, expiresAfterHours: 72 },
  withoutRecord: 'fail',
  otherTenant: 'fail',
  disabledObjects: 'keep',
  fullRuns: null,
  compareRuns: null,
};
export const DEFAULT_SCHEDULE: Schedule = { kind: 'interval', seconds: 300 };

/** What is chosen, the first unless somebody chooses. */
export const POLICY_CHOICES = [
  { name: 'withoutRecord', values: ['fail', 'exclude'] },
  { name: 'otherTenant', values: ['fail', 'exclude'] },
  { name: 'disabledObjects', values: ['keep', 'remove'] },
] as const;

/** Runs at times of their own, or never. */
export const POLICY_TIMES = ['fullRuns', 'compareRuns'] as const;

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Of the numbers of the guard, as they are typed: a share is in percent. */
const GUARD_LIMITS = {
  maxRemovals: { min: 0, max: 1_000_000, whole: true },
  maxShare: { min: 0, max: 100, whole: false },
  shareFrom: { min: 1, max: 1_000_000, whole: true },
  neverEmptyFrom: { min: 1, max: 1_000_000, whole: true },
  expiresAfterHours: { min: 1, max: 2_160, whole: false },
} as const satisfies Record<keyof Policy['guard'], Limits>;
export type GuardNumber = keyof typeof GUARD_LIMITS;
export const GUARD_NUMBERS = Object.keys(GUARD_LIMITS) as readonly GuardNumber[];
const SECONDS_LIMITS = { min: 30, max: 86_400, whole: true } as const satisfies Limits;

/** A share is kept as a part of one. */
export const typedOf = (name: GuardNumber, value: number): number =>
  name === 'maxShare' ? Number((value * 100).toFixed(6)) : value;
export const keptOf = (name: GuardNumber, typed: number): number =>
  name === 'maxShare' ? Number((typed / 100).toFixed(8)) : typed;

/** What is wrong with a field, by its path in the API, such as `policy.guard.maxShare`. */
export type FieldProblems = Readonly<Record<string, string>>;

const problemOf = (typed: number, { min, max, whole }: Limits): string | undefined => {
  if (typed >= min && typed <= max && (!whole || Number.isInteger(typed))) return undefined;
  return t(whole ? 'settings.range.whole' : 'settings.range', { min: number(min), max: number(max) });
};

const missingIn = (path: string, { expression }: Times): [string, string | undefined] => [
  `${path}.expression`,
  expression.trim() === '' ? t('settings.missing') : undefined,
];

/** Told while it is typed; what only the API can tell it answers when it is saved. */
export const problemsOf = ({ policy, schedule }: Settings): FieldProblems => {
  const found = GUARD_NUMBERS.map((name): [string, string | undefined] => [
    `policy.guard.${name}`,
    problemOf(typedOf(name, policy.guard[name]), GUARD_LIMITS[name]),
  ]);
  if (schedule.kind === 'interval') found.push(['schedule.seconds', problemOf(schedule.seconds, SECONDS_LIMITS)]);
  if (schedule.kind === 'cron') found.push(missingIn('schedule', schedule));
  for (const name of POLICY_TIMES) {
    const times = policy[name];
    if (times) found.push(missingIn(`policy.${name}`, times));
  }
  return Object.fromEntries(found.filter((each): each is [string, string] => each[1] !== undefined));
};
