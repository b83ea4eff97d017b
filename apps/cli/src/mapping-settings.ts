import { Option, type Command } from 'commander';
import type { Schemas } from './api.js';
import { CliError, EXIT } from './exit-codes.js';
import { number } from './options.js';

export interface SettingsOptions {
  interval?: number;
  cron?: string;
  timeZone: string;
  manual?: boolean;
  fullRuns?: string;
  compareRuns?: string;
  maxRemovals?: number;
  maxShare?: number;
  shareFrom?: number;
  neverEmptyFrom?: number;
  expiresAfter?: number;
  withoutRecord?: 'fail' | 'exclude';
  otherTenant?: 'fail' | 'exclude';
  disabledObjects?: 'keep' | 'remove';
}

/** The options of everything that may be set of a mapping. */
export const settingsOptions = (command: Command): Command =>
  command
    .option('--interval <seconds>', 'read an unchanged collection again this often', number)
    .option('--cron <expression>', 'or at these times')
    .option('--manual', 'or only when asked')
    .option('--full-runs <expression>', 'full runs at these times, or never')
    .option('--compare-runs <expression>', 'comparisons that change nothing at these times, or never')
    .option('--time-zone <name>', 'of the expressions', 'UTC')
    .option('--max-removals <n>', 'removals in 24 hours that the guard lets pass', number)
    .option('--max-share <share>', 'the same as a share of the group, 0 to 1', number)
    .option('--share-from <n>', 'size of a group from which the share counts', number)
    .option('--never-empty-from <n>', 'size of a group from which emptying it is always held', number)
    .option('--expires-after <hours>', 'life of a held plan', number)
    .addOption(new Option('--without-record <what>', 'members without an Entra record').choices(['fail', 'exclude']))
    .addOption(new Option('--other-tenant <what>', 'members of another tenant').choices(['fail', 'exclude']))
    .addOption(
      new Option('--disabled-objects <what>', 'members whose Entra object is disabled').choices(['keep', 'remove']),
    );

/** What the options name, and nothing else. */
export const settingsOf = (
  options: SettingsOptions,
): { schedule?: Schemas['ScheduleGiven']; policy?: NonNullable<Schemas['MappingChange']['policy']> } => {
  const { fullRuns, compareRuns, timeZone, withoutRecord, otherTenant, disabledObjects } = options;
  const guard = given({
    maxRemovals: options.maxRemovals,
    maxShare: options.maxShare,
    shareFrom: options.shareFrom,
    neverEmptyFrom: options.neverEmptyFrom,
    expiresAfterHours: options.expiresAfter,
  });
  return (
    given({
      schedule: scheduleOf(options),
      policy: given({
        guard,
        withoutRecord,
        otherTenant,
        disabledObjects,
        fullRuns: timesOf(fullRuns, timeZone),
        compareRuns: timesOf(compareRuns, timeZone),
      }),
    }) ?? {}
  );
};

const given = <T extends object>(fields: T): T | undefined => {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return named.length > 0 ? (Object.fromEntries(named) as T) : undefined;
};

const timesOf = (
  expression: string | undefined,
  timeZone: string,
): { expression: string; timeZone: string } | null | undefined =>
  expression === undefined ? undefined : expression === 'never' ? null : { expression, timeZone };

const scheduleOf = ({ interval, cron, timeZone, manual }: SettingsOptions): Schemas['ScheduleGiven'] | undefined => {
  if ([interval, cron, manual].filter((one) => one !== undefined).length > 1)
    throw new CliError('--interval, --cron and --manual exclude each other.', EXIT.usage, 'Give one of them.');
  if (manual) return { kind: 'manual' };
  if (cron !== undefined) return { kind: 'cron', expression: cron, timeZone };
  return interval === undefined ? undefined : { kind: 'interval', seconds: interval };
};
