import type { Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';
import { duration } from '../i18n/time.js';

export type AuditEntry = Schema['AuditEntry'];
type Settings = AuditEntry['before'];

export interface Change {
  readonly label: string;
  /** null where nothing was set */
  readonly before: string | null;
  /** null where nothing is set any more */
  readonly after: string | null;
}

const WORDS = {
  active: 'audit.value.active',
  paused: 'audit.value.paused',
  deleting: 'audit.value.deleting',
  deleted: 'audit.value.deleted',
  operator: 'audit.value.operator',
  tenant: 'audit.value.tenant',
  leave: 'audit.value.leave',
  remove: 'audit.value.remove',
  fail: 'audit.value.fail',
  exclude: 'audit.value.exclude',
  keep: 'audit.value.keep',
  true: 'audit.value.on',
  false: 'audit.value.off',
} as const;

const isWord = (text: string): text is keyof typeof WORDS => Object.hasOwn(WORDS, text);

const inWords = (value: unknown): string => {
  if (typeof value === 'number') return number(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return isWord(text) ? t(WORDS[text]) : text;
};
const times = (value: unknown): string => {
  const { kind = 'cron', seconds, expression, timeZone } = value as Record<string, unknown>;
  if (kind === 'interval') return t('schedule.every', { time: duration(Number(seconds)) });
  return kind === 'manual' ? t('schedule.manual') : `${String(expression)} (${String(timeZone)})`;
};
const percent = (value: unknown): string => t('audit.percent', { share: Math.round(Number(value) * 100) });
const hours = (value: unknown): string => t('audit.hours', { count: Number(value) });

/** What may be set, by its path: what it is called, and how its values are written. */
const SETTINGS = {
  enabled: { label: 'health.switch', shown: inWords },
  state: { label: 'audit.state', shown: inWords },
  pausedBy: { label: 'audit.pausedBy', shown: inWords },
  onDelete: { label: 'stop.members', shown: inWords },
  schedule: { label: 'schedule.title', shown: times },
  'policy.guard.maxRemovals': { label: 'policy.maxRemovals', shown: inWords },
  'policy.guard.maxShare': { label: 'policy.maxShare', shown: percent },
  'policy.guard.shareFrom': { label: 'policy.shareFrom', shown: inWords },
  'policy.guard.neverEmptyFrom': { label: 'policy.neverEmptyFrom', shown: inWords },
  'policy.guard.expiresAfterHours': { label: 'policy.expiresAfterHours', shown: hours },
  'policy.withoutRecord': { label: 'policy.withoutRecord', shown: inWords },
  'policy.otherTenant': { label: 'policy.otherTenant', shown: inWords },
  'policy.disabledObjects': { label: 'policy.disabledObjects', shown: inWords },
  'policy.fullRuns': { label: 'audit.fullRuns', shown: times },
  'policy.compareRuns': { label: 'audit.compareRuns', shown: times },
  collection: { label: 'map.step.collection', shown: inWords },
  groupName: { label: 'map.step.group', shown: inWords },
} as const;

const isKnown = (path: string): path is keyof typeof SETTINGS => Object.hasOwn(SETTINGS, path);

/** Told elsewhere in a line, or of no meaning to people. */
const SILENT: ReadonlySet<string> = new Set([
  'target',
  'tenant',
  'group',
  'collectionName',
  'collectionType',
  'version',
  'activated',
  'changedAt',
  'changedBy',
]);

/** The settings by their paths, such as `policy.guard.maxShare`. */
const flat = (settings: Settings, under = ''): (readonly [string, unknown])[] =>
  Object.entries(settings ?? {}).flatMap(([name, value]) => {
    const path = under + name;
    if (value === null || value === undefined || SILENT.has(path)) return [];
    const whole = typeof value !== 'object' || Array.isArray(value) || isKnown(path);
    return whole ? [[path, value]] : flat(value as Settings, `${path}.`);
  });

const shown = (path: string, value: unknown): string | null =>
  value === undefined ? null : (isKnown(path) ? SETTINGS[path].shown : inWords)(value);

/** Each setting that a line of the audit log changed, as it was and as it became. */
export const changesOf = ({ before, after }: Pick<AuditEntry, 'before' | 'after'>): readonly Change[] => {
  const [was, is] = [new Map(flat(before)), new Map(flat(after))];
  const paths = [...new Set([...Object.keys(SETTINGS), ...was.keys(), ...is.keys()])];
  return paths.flatMap((path) => {
    const change = {
      label: isKnown(path) ? t(SETTINGS[path].label) : path,
      before: shown(path, was.get(path)),
      after: shown(path, is.get(path)),
    };
    return change.before === change.after ? [] : [change];
  });
};

/** What was ordered, where nothing was set. */
export const orderOf = ({ detail: { keep, objects, plan } }: AuditEntry): string[] => [
  ...(keep === true ? [t('plan.keep')] : []),
  ...(Array.isArray(objects) ? [t('audit.objects', { count: objects.length })] : []),
  ...(typeof plan === 'string' ? [t('audit.plan', { plan })] : []),
];

/** A line in short: what became of which setting, or what was ordered. */
export const summaryOf = (entry: AuditEntry): string => {
  const changes = changesOf(entry).map(({ label, before, after }) =>
    before === null ? `${label}: ${after}` : `${label}: ${before} → ${after ?? '–'}`,
  );
  return (changes.length > 0 ? changes : orderOf(entry)).join('; ') || '–';
};
