import type { AddressChanges } from '../ui/use-address.js';
import {
  DEFAULT_POLICY,
  DEFAULT_SCHEDULE,
  GUARD_NUMBERS,
  keptOf,
  POLICY_CHOICES,
  POLICY_TIMES,
  typedOf,
  type Policy,
  type Schedule,
  type Settings,
  type Times,
} from './settings.js';

const policyIn = (params: URLSearchParams): Policy => {
  const guard = { ...DEFAULT_POLICY.guard };
  for (const name of GUARD_NUMBERS) {
    const typed = params.get(name);
    if (typed !== null) guard[name] = keptOf(name, Number(typed));
  }
  const chosen = POLICY_CHOICES.map(({ name, values: [usual, other] }) => [
    name,
    params.get(name) === other ? other : usual,
  ]);
  const times = POLICY_TIMES.map((name) => [name, timesIn(params.get(name))]);
  return { ...DEFAULT_POLICY, guard, ...(Object.fromEntries([...chosen, ...times]) as Partial<Policy>) };
};

/** `0 3 * * *|Europe/Berlin`: there also while nothing of it is typed. */
const timesIn = (text: string | null): Times | null => {
  if (text === null) return null;
  const at = text.lastIndexOf('|');
  return { expression: text.slice(0, at), timeZone: text.slice(at + 1) };
};

const timesText = (times: Times | null): string | null => times && `${times.expression}|${times.timeZone}`;

const scheduleIn = (params: URLSearchParams): Schedule => {
  const kind = params.get('schedule');
  if (kind === 'manual') return { kind };
  if (kind === 'cron') return { kind, expression: params.get('cron') ?? '', timeZone: params.get('zone') ?? 'UTC' };
  const seconds = params.get('seconds');
  return seconds === null ? DEFAULT_SCHEDULE : { kind: 'interval', seconds: Number(seconds) };
};

/** The settings of a mapping that is being made, as an address has them: what is not there is as the API takes it. */
export const settingsIn = (params: URLSearchParams): Settings => ({
  policy: policyIn(params),
  schedule: scheduleIn(params),
});

export const policyToAddress = (policy: Policy): AddressChanges => ({
  ...Object.fromEntries(
    GUARD_NUMBERS.map((name) => [
      name,
      policy.guard[name] === DEFAULT_POLICY.guard[name] ? null : String(typedOf(name, policy.guard[name])),
    ]),
  ),
  ...Object.fromEntries(
    POLICY_CHOICES.map(({ name, values: [usual] }) => [name, policy[name] === usual ? null : policy[name]]),
  ),
  ...Object.fromEntries(POLICY_TIMES.map((name) => [name, timesText(policy[name])])),
});

export const scheduleToAddress = (schedule: Schedule): AddressChanges => ({
  schedule: schedule.kind === 'interval' ? null : schedule.kind,
  seconds:
    schedule.kind === 'interval' && schedule.seconds !== DEFAULT_SCHEDULE_SECONDS ? String(schedule.seconds) : null,
  cron: schedule.kind === 'cron' ? schedule.expression : null,
  zone: schedule.kind === 'cron' && schedule.timeZone !== 'UTC' ? schedule.timeZone : null,
});

const DEFAULT_SCHEDULE_SECONDS = DEFAULT_SCHEDULE.kind === 'interval' ? DEFAULT_SCHEDULE.seconds : Number.NaN;
