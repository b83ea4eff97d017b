import { Badge, Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';
import { duration, fullTime } from '../i18n/time.js';
import type { Column } from '../ui/table.js';
import { Ago } from '../ui/time.js';

export type Run = Schema['Run'];

const COLORS = { running: 'brand', completed: 'success', failed: 'danger', cancelled: 'informative' } as const;
const TRIGGERS = [
  'activated',
  'command',
  'version',
  'retry',
  'approval',
  'second',
  'restored',
  'deletion',
  'due',
] as const;
const ID = /^[0-9a-f]{8}-/;

/** A trigger is a word or two, sometimes with an id behind; a bare id is that of a command. */
export const triggerOf = (trigger: string | null): string => {
  if (trigger === null) return '–';
  const word = ID.test(trigger) ? 'command' : trigger.split(/[ :]/)[0];
  const known = TRIGGERS.find((each) => each === word);
  return known ? t(`trigger.${known}`) : trigger;
};

export const whatHappened = ({ failure, why }: Run): string =>
  failure ? `${failure.message} ${failure.advice}` : (why ?? '');

const outcome = (id: 'applied' | 'removed' | 'failed' | 'held', title: string): Column<Run> => ({
  id,
  title,
  width: 88,
  numeric: true,
  render: ({ counts }): ReactNode => (counts ? number(counts.outcomes[id] ?? 0) : '–'),
});

export const RunBadge = ({ run }: { readonly run: Run }): ReactNode => (
  <Badge appearance="tint" color={COLORS[run.state]}>
    {t(`run.state.${run.state}`)}
  </Badge>
);

const STARTED: Column<Run> = {
  id: 'startedAt',
  title: t('run.started'),
  width: 140,
  render: ({ startedAt }) => <Ago at={startedAt} />,
};

const detailsColumn = (onOpen: (id: string) => void): Column<Run> => ({
  id: 'details',
  title: t('run.details'),
  width: 84,
  render: ({ id, startedAt }) => (
    <Button
      size="small"
      appearance="subtle"
      aria-label={t('run.open', { at: fullTime(startedAt) })}
      onClick={() => onOpen(id)}
    >
      {t('run.details')}
    </Button>
  ),
});

export const runColumns = (onOpen: (id: string) => void): readonly Column<Run>[] => [
  STARTED,
  detailsColumn(onOpen),
  ...COLUMNS,
];

const COLUMNS: readonly Column<Run>[] = [
  { id: 'kind', title: t('run.kind'), width: 104, render: ({ kind }) => t(`run.kind.${kind}`) },
  { id: 'trigger', title: t('run.trigger'), width: 150, render: ({ trigger }) => triggerOf(trigger) },
  {
    id: 'state',
    title: t('run.state'),
    width: 116,
    render: (run) => (
      <span title={whatHappened(run)}>
        <RunBadge run={run} />
      </span>
    ),
  },
  {
    id: 'duration',
    title: t('run.duration'),
    width: 100,
    numeric: true,
    render: ({ durationSeconds }) => (durationSeconds === null ? '–' : duration(durationSeconds)),
  },
  outcome('applied', t('run.added')),
  outcome('removed', t('run.removed')),
  outcome('failed', t('run.failed')),
  outcome('held', t('run.held')),
  {
    id: 'writes',
    title: t('run.writes'),
    width: 84,
    numeric: true,
    render: ({ counts }) => (counts ? number(counts.writes) : '–'),
  },
  {
    id: 'throttled',
    title: t('run.429'),
    width: 70,
    numeric: true,
    render: ({ counts }) => (counts ? number(counts.throttled) : '–'),
  },
  {
    id: 'members',
    title: t('run.members'),
    width: 100,
    numeric: true,
    render: ({ members }) => (members === null ? '–' : number(members)),
  },
  { id: 'what', title: t('run.what'), width: 240, grow: true, render: whatHappened },
];
