import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Tab,
  TabList,
  Text,
} from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { previewMembersQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { Listing } from '../ui/listing.js';
import { EmptyState, ProblemState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { usePreview } from './use-preview.js';

type Member = Schema['PreviewMember'];
const CHANGES = ['add', 'remove', 'unresolved', 'keep'] as const;
type Change = (typeof CHANGES)[number];

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

const useStyles = makeStyles({ bar: { flexShrink: 0 }, tabs: { flexWrap: 'wrap' } });

interface Props {
  readonly target: string;
  readonly collection: string;
}

/** What a full run would do to a group: who would join, leave, stay, and who cannot join. */
export const PreviewView = ({ target, collection }: Props): ReactNode => {
  const styles = useStyles();
  const { preview, refused, waitsFor, error, again } = usePreview(target, collection);
  const [chosen, choose] = useState<Change | null>(null);
  if (error) return <ProblemState error={error} retry={again} />;
  if (refused !== null) {
    return (
      <MessageBar intent="warning" layout="multiline" className={styles.bar}>
        <MessageBarBody>
          <MessageBarTitle>{t('preview.refused')}</MessageBarTitle>
          {refused}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={again}>{t('action.retry')}</Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  if (!preview && waitsFor !== null) {
    return (
      <MessageBar intent="warning" layout="multiline" className={styles.bar}>
        <MessageBarBody>
          <MessageBarTitle>{t('preview.notYet')}</MessageBarTitle>
          {waitsFor}
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (!preview) return <Spinner label={t('preview.waiting')} size="small" style={{ justifyContent: 'flex-start' }} />;
  const shown = chosen ?? CHANGES.find((change) => preview[change] > 0) ?? 'add';
  const nothing = preview.add === 0 && preview.remove === 0;
  return (
    <>
      <Text>
        {nothing
          ? t('preview.nothing')
          : t('preview.text', { add: preview.add, remove: preview.remove, keep: preview.keep })}
      </Text>
      {preview.wouldHold && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar}>
          <MessageBarBody>
            <MessageBarTitle>{t('preview.held')}</MessageBarTitle>
            {t('preview.held.text')}
          </MessageBarBody>
        </MessageBar>
      )}
      <TabList
        size="small"
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_, { value }) => choose(CHANGES.find((each) => each === value) ?? null)}
      >
        {CHANGES.map((change) => (
          <Tab key={change} value={change}>
            {t(`preview.${change}`, { count: number(preview[change]) })}
          </Tab>
        ))}
      </TabList>
      <Listing
        label={t(`preview.${shown}`, { count: number(preview[shown]) })}
        query={previewMembersQuery(preview.id, shown)}
        columns={shown === 'unresolved' ? [NAME, REASON] : [NAME, OBJECT]}
        rowKey={({ objectId, resourceId, name }) => `${objectId} ${resourceId} ${name}`}
        empty={<EmptyState title={t(`preview.none.${shown}`)} hint={t('preview.none.hint')} />}
      />
    </>
  );
};
