import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Tab,
  TabList,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Alerts } from '../alerts/alerts.js';
import type { Schema } from '../api/client.js';
import { collectionQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { useMay } from '../session/use-role.js';
import { TargetView } from '../target/target-view.js';
import { Figure, Figures } from '../ui/figure.js';
import { Page } from '../ui/page.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { Ago } from '../ui/time.js';

type Collection = Schema['Collection'];

const useStyles = makeStyles({ bar: { flexShrink: 0 }, tabs: { flexWrap: 'wrap' } });

/** One collection: what the site says of it, and each group that it is synchronised to. */
export const CollectionPage = (): ReactNode => {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(collectionQuery(id));
  return (
    <Page
      key={id}
      title={data?.collectionName ?? id}
      lead={
        data &&
        `${data.collectionId} · ${t(`collections.type.${data.collectionType}`)}${data.comment && ` · ${data.comment}`}`
      }
      actions={data?.collectionType !== 'Other' && <MapThis id={id} />}
      alerts={
        <Alerts
          concerns={({ tenantId }) =>
            tenantId === null || (data?.targets.some((target) => target.tenantId === tenantId) ?? false)
          }
        />
      }
    >
      {error && !data && <ProblemState error={error} retry={refetch} />}
      {!data && !error && <LoadingState label={id} />}
      {data && <CollectionView collection={data} />}
    </Page>
  );
};

const CollectionView = ({ collection }: { readonly collection: Collection }): ReactNode => {
  const styles = useStyles();
  const [params, setParams] = useSearchParams();
  const { targets, state, problem, lastComplete, lastRead } = collection;
  const chosen = targets.find(({ target }) => target === params.get('target')) ?? targets[0];
  return (
    <>
      <Figures>
        <Figure label={t('collection.members')}>{collection.memberCount}</Figure>
        <Figure label={t('collection.checked')}>
          <Ago at={collection.checkedTime} />
        </Figure>
        <Figure label={t('collection.changed')}>
          <Ago at={collection.changedTime} />
        </Figure>
        <Figure label={t('collection.read')}>
          {lastComplete ? (
            <>
              <Ago at={lastComplete.at} /> ({t('collection.rows', { rows: lastComplete.rows })})
            </>
          ) : (
            t('time.never')
          )}
        </Figure>
      </Figures>
      {state !== 'ok' && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody>
            <MessageBarTitle>{t(`collection.${state}`)}</MessageBarTitle>
            {t(`collection.${state}.text`)} {problem && [problem.message, problem.advice].join(' ')}{' '}
            {state === 'incomplete' && lastRead?.why}
            {state === 'incomplete' && lastRead?.incompleteSince && (
              <>
                {' '}
                {t('collection.incomplete.since')} <Ago at={lastRead.incompleteSince} />
              </>
            )}
          </MessageBarBody>
        </MessageBar>
      )}
      {targets.length > 1 && (
        <TabList
          className={styles.tabs}
          selectedValue={chosen?.target}
          aria-label={t('collection.groups')}
          onTabSelect={(_, { value }) => setParams({ target: String(value) }, { replace: true })}
        >
          {targets.map(({ target, groupName }) => (
            <Tab key={target} value={target}>
              {groupName}
            </Tab>
          ))}
        </TabList>
      )}
      {chosen?.target && <TargetView key={chosen.target} target={chosen.target} />}
      {!chosen?.target && collection.collectionType === 'Other' && (
        <EmptyState title={t('collection.other')} hint={t('collection.other.hint')} />
      )}
      {!chosen?.target && collection.collectionType !== 'Other' && (
        <EmptyState
          title={t('collection.unmapped')}
          hint={t('collection.unmapped.hint', { members: collection.memberCount })}
          action={<MapThis id={collection.collectionId} primary />}
        />
      )}
    </>
  );
};

const MapThis = ({ id, primary }: { readonly id: string; readonly primary?: boolean }): ReactNode => {
  const navigate = useNavigate();
  const mayAct = useMay('Operator');
  if (!mayAct) return null;
  return (
    <Button appearance={primary ? 'primary' : 'secondary'} onClick={() => void navigate(`/map?collection=${id}`)}>
      {t('collection.map')}
    </Button>
  );
};
