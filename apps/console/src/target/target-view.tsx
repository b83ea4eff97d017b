import { memberStateValues } from '@collection-sync/api';
import { makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { Schema } from '../api/client.js';
import { targetQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { Figure, Figures } from '../ui/figure.js';
import { Notice } from '../ui/notice.js';
import { Section } from '../ui/section.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { StatusBadge } from '../ui/status-badge.js';
import { Ago } from '../ui/time.js';
import { DirectoryLinks } from './directory-links.js';
import { Freshness } from './freshness.js';
import { HeldPlans } from './held-plans.js';
import { LiveRun } from './live-run.js';
import { Members } from './members.js';
import { TargetActions } from './target-actions.js';
import { WhyDrawer } from './why-drawer.js';

const History = lazy(async () => ({ default: (await import('../history/history.js')).History }));
const MappingSettings = lazy(async () => ({
  default: (await import('../mapping/mapping-settings.js')).MappingSettings,
}));

type Target = Schema['Target'];
const TABS = [...memberStateValues, 'history', 'settings'] as const;
type TabName = (typeof TABS)[number];
/** Shown where there is somebody to show. */
const RARE: ReadonlySet<TabName> = new Set(['Waiting', 'Excluded', 'Removing', 'Kept']);

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap', marginInline: `calc(-1 * ${tokens.spacingHorizontalS})` },
  panel: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
});

/** One group that a collection is synchronised to. */
export const TargetView = ({ target }: { readonly target: string }): ReactNode => {
  const { data, error, refetch } = useQuery(targetQuery(target));
  if (error && !data) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('column.groupName')} />;
  const { row, run } = data;
  return (
    <Section
      title={row.groupName ?? target}
      actions={<StatusBadge status={row.cloudSyncStatus} checkedAt={row.sourceCheckedTime} />}
    >
      <TargetActions target={data} />
      <Problems target={data} />
      {row.statusDetail && !row.problem && <Text>{row.statusDetail}</Text>}
      <Figures>
        <Figure label={t('column.memberCount')}>{row.memberCount}</Figure>
        <Figure label={t('column.syncCompleted')}>{row.syncCompleted}</Figure>
        <Figure label={t('column.syncInProgress')}>{row.syncInProgress}</Figure>
        <Figure label={t('column.syncWaiting')}>{row.syncWaiting}</Figure>
        <Figure label={t('column.syncFailed')}>{row.syncFailed}</Figure>
        <Figure label={t('column.syncHeld')}>{row.syncHeld}</Figure>
        {row.syncKept > 0 && <Figure label={t('column.syncKept')}>{row.syncKept}</Figure>}
        {row.syncExcluded > 0 && <Figure label={t('column.syncExcluded')}>{row.syncExcluded}</Figure>}
        <Figure label={t('column.lastSyncTime')}>
          <Ago at={row.lastSyncTime} />
        </Figure>
        <Figure label={t('column.lastFullSyncTime')}>
          <Ago at={row.lastFullSyncTime} />
        </Figure>
      </Figures>
      <Drift drift={data.drift} />
      {run && <LiveRun key={run.id} id={run.id} target={target} />}
      <Freshness freshness={data.freshness} />
      <DirectoryLinks kind="group" id={row.groupId ?? ''} />
      <Tabs target={target} row={row} />
    </Section>
  );
};

const Tabs = ({ target, row }: { readonly target: string; readonly row: Target['row'] }): ReactNode => {
  const styles = useStyles();
  const [params, setParams] = useSearchParams();
  const asked = params.get('why');
  const onWhy = useCallback(
    (name: string | null) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (name === null) after.delete('why');
          else after.set('why', name);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  const first: TabName =
    row.syncHeld > 0 ? 'Held' : row.syncFailed > 0 ? 'Failed' : row.syncInProgress > 0 ? 'In Progress' : 'Success';
  const [begin] = useState(first);
  const tab = TABS.find((each) => each === params.get('tab')) ?? begin;
  const counts: Partial<Record<TabName, number>> = {
    Success: row.syncCompleted,
    'In Progress': row.syncInProgress,
    Waiting: row.syncWaiting,
    Failed: row.syncFailed,
    Excluded: row.syncExcluded,
    Held: row.syncHeld,
    Removing: row.syncRemoving,
    Kept: row.syncKept,
  };
  return (
    <>
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        aria-label={t('target.tabs')}
        onTabSelect={(_, { value }) =>
          setParams(
            (before) => {
              const after = new URLSearchParams(before);
              after.set('tab', String(value));
              return after;
            },
            { replace: true },
          )
        }
      >
        {TABS.filter((each) => !RARE.has(each) || each === tab || (counts[each] ?? 0) > 0).map((each) => (
          <Tab key={each} value={each}>
            {counts[each] === undefined ? t(`tab.${each}`) : `${t(`tab.${each}`)} (${number(counts[each])})`}
          </Tab>
        ))}
      </TabList>
      <div className={styles.panel} role="tabpanel" aria-label={t(`tab.${tab}`)}>
        <Suspense fallback={<LoadingState label={t(`tab.${tab}`)} />}>
          {tab === 'Held' || tab === 'Kept' ? (
            <HeldPlans key={tab} target={target} kept={tab === 'Kept'} onWhy={onWhy} />
          ) : tab === 'history' ? (
            <History target={target} />
          ) : tab === 'settings' ? (
            <MappingSettings target={target} />
          ) : (
            <Members key={tab} target={target} state={tab} onWhy={onWhy} />
          )}
        </Suspense>
      </div>
      {asked !== null && (
        <WhyDrawer target={target} type={row.collectionType} name={asked} onClose={() => onWhy(null)} />
      )}
    </>
  );
};

/** What others did to the group; a full synchronisation puts it right. */
const Drift = ({ drift }: { readonly drift: Target['drift'] }): ReactNode =>
  drift && drift.unmanaged + drift.missing > 0 ? (
    <Text>
      {t('target.drift', { unmanaged: number(drift.unmanaged), missing: number(drift.missing) })}{' '}
      <Ago at={drift.asOf} />
    </Text>
  ) : null;

const Problems = ({ target }: { readonly target: Target }): ReactNode => {
  const { captureProblem: capture } = target;
  const { problem } = target.row;
  const word = target.row.cloudSyncStatus;
  return (
    <>
      {problem && (
        <Notice intent="error" title={t('target.groupProblem')}>
          {[problem.message, problem.advice].join(' ')}
        </Notice>
      )}
      {capture && (
        <Notice intent="warning" title={t('target.captureProblem')}>
          {[capture.message, capture.advice].join(' ')}
        </Notice>
      )}
      {word === 'Stale' && (
        <Notice intent="warning" title={t('target.stale')}>
          {t('target.stale.text')}
        </Notice>
      )}
      {target.mappingState === 'deleting' && (
        <Notice intent="info" title={t('target.deleting')}>
          {t('target.deleting.text')}
        </Notice>
      )}
      {target.mappingState === 'paused' &&
        (target.pausedBy === 'tenant' ? (
          <Notice intent="info" title={t('target.off')}>
            {t('target.off.text')}
          </Notice>
        ) : (
          <Notice intent="info" title={t('target.paused')}>
            {t('target.paused.text')}
          </Notice>
        ))}
      {target.rebuilding && target.mappingState === 'active' && (
        <Notice intent="info" title={t('target.rebuilding')}>
          {t('target.rebuilding.text')}
        </Notice>
      )}
    </>
  );
};
