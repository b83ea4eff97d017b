import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { duration, exactTime } from '../i18n/time.js';
import { triggerOf } from './run-columns.js';

type Step = Schema['RunStep'];

const useStyles = makeStyles({
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  step: { display: 'grid', gridTemplateColumns: '108px 1fr', columnGap: tokens.spacingHorizontalM },
  time: { display: 'flex', flexDirection: 'column', fontVariantNumeric: 'tabular-nums' },
  what: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    paddingLeft: tokens.spacingHorizontalM,
    paddingBottom: tokens.spacingVerticalL,
    borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
    overflowWrap: 'anywhere',
  },
  hint: { color: tokens.colorNeutralForeground2 },
});

const numberOf = ({ detail }: Step, name: string): number => Number(detail[name] ?? 0);
const textOf = ({ detail }: Step, name: string): string => String(detail[name] ?? '');

/** What a step says, in words; nothing for one that says all by its name. */
const WORDS: Readonly<Record<string, (step: Step) => string>> = {
  merged: (step) =>
    t('step.merged.text', {
      content: t(textOf(step, 'content') === 'delta' ? 'step.delta' : 'step.complete'),
      pending: numberOf(step, 'pending'),
    }),
  started: (step) => t('step.started.text', { trigger: triggerOf(textOf(step, 'trigger')) }),
  planned: (step) => t('step.planned.text', { adds: numberOf(step, 'adds'), removes: numberOf(step, 'removes') }),
  held: (step) => t('step.held.text', { removals: numberOf(step, 'removals') }),
  failed: (step) => [textOf(step, 'message'), textOf(step, 'advice')].join(' '),
  cancelled: (step) => textOf(step, 'why'),
  'plan-closed': (step) => textOf(step, 'by'),
};

const NAMES = ['merged', 'started', 'planned', 'held', 'plan-closed', 'completed', 'failed', 'cancelled'] as const;

const nameOf = (event: string): string => {
  const known = NAMES.find((name) => name === event);
  return known ? t(`step.${known}`) : event;
};

const secondsBetween = (before: Step | undefined, step: Step): number =>
  before ? Math.max(0, (new Date(step.at).getTime() - new Date(before.at).getTime()) / 1_000) : 0;

/** The steps of a run with their times, and how long after the one before each was. */
export const RunSteps = ({ steps }: { readonly steps: readonly Step[] }): ReactNode => {
  const styles = useStyles();
  return (
    <ol className={styles.steps}>
      {steps.map((step, at) => (
        <li key={`${step.event} ${step.at} ${at}`} className={styles.step}>
          <span className={styles.time}>
            <Text>
              <time dateTime={step.at}>{exactTime(step.at)}</time>
            </Text>
            {at > 0 && (
              <Text size={200} className={styles.hint}>
                {t('step.after', { time: duration(secondsBetween(steps[at - 1], step)) })}
              </Text>
            )}
          </span>
          <span className={styles.what}>
            <Text weight="semibold">{nameOf(step.event)}</Text>
            {WORDS[step.event] && <Text className={styles.hint}>{WORDS[step.event]?.(step)}</Text>}
          </span>
        </li>
      ))}
    </ol>
  );
};
