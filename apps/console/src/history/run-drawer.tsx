import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { Schema } from '../api/client.js';
import { runQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { duration, fullTime } from '../i18n/time.js';
import { objectTypeKey } from '../target/object-type.js';
import { Figure, Figures } from '../ui/figure.js';
import { RouterLink } from '../ui/router-link.js';
import { SideDrawer } from '../ui/side-drawer.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { RunBadge, triggerOf, whatHappened } from './run-columns.js';
import { RunMembers } from './run-members.js';
import { RunSteps } from './run-steps.js';

type Detail = Schema['RunDetail'];
type Run = Detail['run'];

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  title: { margin: 0 },
  hint: { color: tokens.colorNeutralForeground2 },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

/** One run: what came of it, the read that it stands on, how near the removal guard was, and each step with its time. */
export const RunDrawer = ({ id, onClose }: Props): ReactNode => {
  const { data, error, refetch } = useQuery(runQuery(id));
  return (
    <SideDrawer title={t(data ? `run.title.${data.run.kind}` : 'run.title')} onClose={onClose}>
      {error && !data && <ProblemState error={error} retry={refetch} />}
      {!error && !data && <LoadingState label={t('run.title')} />}
      {data && <RunView detail={data} />}
    </SideDrawer>
  );
};

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode => {
  const styles = useStyles();
  return (
    <section className={styles.part} aria-label={title}>
      <Subtitle2 as="h3" className={styles.title}>
        {title}
      </Subtitle2>
      {children}
    </section>
  );
};

const RunView = ({ detail: { run, timeline } }: { readonly detail: Detail }): ReactNode => {
  const styles = useStyles();
  const traces = [...new Set(timeline.flatMap(({ traceId }) => traceId ?? []))];
  return (
    <>
      <Figures>
        <Figure label={t('run.state')}>
          <RunBadge run={run} />
        </Figure>
        <Figure label={t('run.started')}>{fullTime(run.startedAt)}</Figure>
        <Figure label={t('run.duration')}>{run.durationSeconds === null ? '–' : duration(run.durationSeconds)}</Figure>
        <Figure label={t('run.trigger')}>
          {run.by ? t('run.by', { trigger: triggerOf(run.trigger), by: run.by }) : triggerOf(run.trigger)}
        </Figure>
      </Figures>
      {whatHappened(run) && <Text>{whatHappened(run)}</Text>}
      <Outcomes run={run} />
      <Part title={t('run.moved')}>
        <RunMembers id={run.id} />
      </Part>
      {run.comparison && (
        <Part title={t('run.comparison')}>
          <Comparison found={run.comparison} />
        </Part>
      )}
      <Part title={t('run.proof')}>
        <Proof run={run} />
      </Part>
      <Part title={t('run.guard')}>
        <Guard run={run} />
      </Part>
      <Part title={t('run.timeline')}>
        <RunSteps steps={timeline} />
      </Part>
      <Part title={t('run.ids')}>
        <Text className={styles.hint}>{t('run.ids.text')}</Text>
        <span className={styles.id}>{t('run.id', { id: run.id })}</span>
        {traces.map((trace) => (
          <span key={trace} className={styles.id}>
            {t('run.trace', { id: trace })}
          </span>
        ))}
      </Part>
    </>
  );
};

const OUTCOMES = ['applied', 'removed', 'failed', 'held', 'superseded', 'notNeeded', 'unanswered', 'stopped'] as const;
/** As many are told by name. */
const MAX_DIFFERENCES = 100;
const ALWAYS: readonly string[] = ['applied', 'removed', 'failed'];

const Outcomes = ({ run: { counts, members, target } }: { readonly run: Run }): ReactNode => {
  const [params] = useSearchParams();
  if (counts === null) return null;
  const failed = counts.outcomes.failed ?? 0;
  const toFailed = new URLSearchParams({ target, ...Object.fromEntries(params), tab: 'Failed' });
  toFailed.delete('run');
  return (
    <>
      <Figures>
        <Figure label={t('run.planned')}>{counts.planned + counts.joined}</Figure>
        {OUTCOMES.filter((kind) => ALWAYS.includes(kind) || (counts.outcomes[kind] ?? 0) > 0).map((kind) => (
          <Figure key={kind} label={t(`outcome.${kind}`)}>
            {counts.outcomes[kind] ?? 0}
          </Figure>
        ))}
        {members !== null && <Figure label={t('run.members')}>{members}</Figure>}
        <Figure label={t('run.requests')}>{counts.requests}</Figure>
        <Figure label={t('run.writes')}>{counts.writes}</Figure>
        <Figure label={t('run.429')}>{counts.throttled}</Figure>
      </Figures>
      {failed > 0 && <RouterLink to={`?${toFailed}`}>{t('run.toFailed')}</RouterLink>}
    </>
  );
};

/** Who was in the group that nobody here put there, and what the run could not see. */
const Comparison = ({ found }: { readonly found: NonNullable<Run['comparison']> }): ReactNode => {
  const { by, listed, missing, unmanaged, unseen, refused, differences = [] } = found;
  return (
    <>
      {by === 'copy' && <Text>{t('run.comparison.copy')}</Text>}
      {unseen === undefined && <Text>{t('run.comparison.uncounted')}</Text>}
      {(unseen ?? 0) > 0 && <Text>{t('run.comparison.unseen', { unseen: unseen ?? 0 })}</Text>}
      {refused && <Text>{refused}</Text>}
      <Figures>
        <Figure label={t('run.comparison.listed')}>{listed}</Figure>
        {missing !== undefined && <Figure label={t('run.comparison.missing')}>{missing}</Figure>}
        {unmanaged.map(({ objectType, members }) => (
          <Figure key={objectType} label={t('member.unmanaged', { type: t(objectTypeKey(objectType)) })}>
            {members}
          </Figure>
        ))}
      </Figures>
      {differences.length === MAX_DIFFERENCES && <Text>{t('run.comparison.some', { count: MAX_DIFFERENCES })}</Text>}
      {differences.map(({ difference, object, name }) => (
        <Text key={object}>{t(`run.comparison.${difference}Member`, { name: name || object })}</Text>
      ))}
    </>
  );
};

/** Why the read that the run worked on is known to be complete, or why it is not. */
const Proof = ({ run: { proof, readAt } }: { readonly run: Run }): ReactNode => {
  if (proof === null) return <Text>{t('run.proof.none')}</Text>;
  const { rows, distinct, stated, pages, durationMs, evaluatedMeanwhile, leaversConfirmed, verdict, why } = proof;
  return (
    <>
      <Text>
        {t(`run.proof.${verdict}`)} {evaluatedMeanwhile && t('run.proof.evaluated')} {why}
      </Text>
      <Figures>
        <Figure label={t('run.proof.rows')}>{rows}</Figure>
        <Figure label={t('run.proof.distinct')}>{distinct}</Figure>
        <Figure label={t('run.proof.stated')}>{stated ?? '–'}</Figure>
        <Figure label={t('run.proof.pages')}>{pages}</Figure>
        {evaluatedMeanwhile && <Figure label={t('run.proof.confirmed')}>{leaversConfirmed}</Figure>}
        <Figure label={t('run.proof.at')}>{fullTime(readAt ?? proof.at)}</Figure>
        <Figure label={t('run.duration')}>{duration(durationMs / 1_000)}</Figure>
      </Figures>
    </>
  );
};

/** How far the removals were from the limits. */
const Guard = ({ run: { guard } }: { readonly run: Run }): ReactNode => {
  if (guard === null) return <Text>{t('run.guard.none')}</Text>;
  const { held, counted, size, margin, limit } = guard;
  return (
    <>
      <Text>{held ? t(`plan.limit.${limit ?? 'maxRemovals'}`, { counted, size }) : t('run.guard.passed')}</Text>
      <Figures>
        <Figure label={t('run.guard.counted')}>{counted}</Figure>
        <Figure label={t('run.guard.size')}>{size}</Figure>
        <Figure label={t('run.guard.margin')}>{margin}</Figure>
      </Figures>
    </>
  );
};
