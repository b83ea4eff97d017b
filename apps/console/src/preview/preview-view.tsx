import { Button, makeStyles, Spinner, Tab, TabList, Text } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { previewMembersQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { Notice } from '../ui/notice.js';
import { EmptyState, ProblemState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { useAddress } from '../ui/use-address.js';
import { usePreview } from './use-preview.js';

type Member = Schema['PreviewMember'];
const CHANGES = ['add', 'remove', 'unresolved', 'keep'] as const;

const NAME: Column<Member> = {
  id: 'name',
  title: t('member.name'),
  width: 220,
  grow: true,
  render: ({ name }) => name,
};
const OBJECT: Column<Member> = {
  id: 'object',
  title: t('member.object'),
  width: 300,
  render: ({ objectId }) => objectId ?? '–',
};
const REASON: Column<Member> = {
  id: 'reason',
  title: t('member.reason'),
  width: 460,
  grow: true,
  render: ({ reason, advice }) => <span title={advice ?? ''}>{`${reason ?? '–'}: ${advice ?? ''}`}</span>,
};

const useStyles = makeStyles({ tabs: { flexWrap: 'wrap' } });

interface Props {
  readonly target: string;
  readonly collection: string;
}

/** What a full run would do to a group: who would join, leave, stay, and who cannot join. */
export const PreviewView = ({ target, collection }: Props): ReactNode => {
  const styles = useStyles();
  const { preview, refused, waitsFor, error, again } = usePreview(target, collection);
  const { params, change } = useAddress();
  if (error) return <ProblemState error={error} retry={again} />;
  if (refused !== null) {
    return (
      <Notice
        intent="warning"
        title={t('preview.refused')}
        actions={<Button onClick={again}>{t('action.retry')}</Button>}
      >
        {refused}
      </Notice>
    );
  }
  if (!preview && waitsFor !== null) {
    return (
      <Notice intent="warning" title={t('preview.notYet')}>
        {waitsFor}
      </Notice>
    );
  }
  if (!preview) return <Spinner label={t('preview.waiting')} size="small" style={{ justifyContent: 'flex-start' }} />;
  const shown =
    CHANGES.find((each) => each === params.get('change')) ?? CHANGES.find((each) => preview[each] > 0) ?? 'add';
  const nothing = preview.add === 0 && preview.remove === 0;
  return (
    <>
      <Text>
        {nothing
          ? t('preview.nothing')
          : t('preview.text', { add: preview.add, remove: preview.remove, keep: preview.keep })}
      </Text>
      {preview.wouldHold && (
        <Notice intent="warning" title={t('preview.held')}>
          {t('preview.held.text')}
        </Notice>
      )}
      <TabList
        size="small"
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_, { value }) => change({ change: String(value) })}
      >
        {CHANGES.map((each) => (
          <Tab key={each} value={each}>
            {t(`preview.${each}`, { count: number(preview[each]) })}
          </Tab>
        ))}
      </TabList>
      <Listing
        label={t(`preview.${shown}`, { count: number(preview[shown]) })}
        query={previewMembersQuery(preview.id, shown)}
        columns={shown === 'unresolved' ? [NAME, REASON] : [NAME, OBJECT]}
        rowKey={({ objectId, resourceId, name }) => `${objectId} ${resourceId} ${name}`}
        empty={
          preview[shown] > 0 ? (
            <EmptyState title={t('preview.counted')} hint={t('preview.none.hint')} />
          ) : (
            <EmptyState title={t(`preview.none.${shown}`)} hint={t('preview.none.hint')} />
          )
        }
      />
    </>
  );
};
