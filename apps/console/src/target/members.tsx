import { Button, Checkbox, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { membersQuery } from '../api/queries.js';
import { number, t } from '../i18n/t.js';
import { ExportButton } from '../ui/export-button.js';
import { Listing } from '../ui/listing.js';
import { EmptyState } from '../ui/states.js';
import type { Column } from '../ui/table.js';
import { Ago } from '../ui/time.js';
import { objectTypeKey } from './object-type.js';

type Member = Schema['Member'];
type MemberState = Member['state'];

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  search: { flex: '1 1 220px', maxWidth: '340px' },
  reason: { display: 'flex', flexDirection: 'column', whiteSpace: 'normal' },
  advice: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
});

const Reason = ({ member }: { readonly member: Member }): ReactNode => {
  const styles = useStyles();
  const { reason, message, advice, waiting } = member;
  if (reason === null) return '–';
  const text = [message, advice].filter(Boolean).join(' ');
  return (
    <div className={styles.reason} title={text}>
      <Text weight="semibold">{waiting ? t('member.waiting', { reason }) : reason}</Text>
      <span className={styles.advice}>{text}</span>
    </div>
  );
};

const NAME: Column<Member> = {
  id: 'name',
  title: t('member.name'),
  width: 190,
  grow: true,
  render: ({ name, objectId }) => name || objectId,
};
const OBJECT: Column<Member> = {
  id: 'object',
  title: t('member.object'),
  width: 300,
  render: ({ objectId }) => objectId ?? '–',
};
const TYPE: Column<Member> = {
  id: 'type',
  title: t('member.type'),
  width: 190,
  render: ({ unmanaged, objectType }) =>
    unmanaged ? t('member.unmanaged', { type: t(objectTypeKey(objectType)) }) : t('member.managed'),
};
const RESOURCE: Column<Member> = {
  id: 'resource',
  title: t('member.resource'),
  width: 120,
  numeric: true,
  render: ({ resourceId }) => resourceId ?? '–',
};
const REASON: Column<Member> = {
  id: 'reason',
  title: t('member.reason'),
  width: 420,
  grow: true,
  render: (member) => <Reason member={member} />,
};
const CHANGE: Column<Member> = {
  id: 'change',
  title: t('member.change'),
  width: 100,
  render: ({ wanted }) => t(wanted ? 'member.joins' : 'member.leaves'),
};
const ATTEMPTS: Column<Member> = {
  id: 'attempts',
  title: t('member.attempts'),
  width: 84,
  numeric: true,
  render: ({ attempts }) => number(attempts),
};
const TIME: Column<Member> = {
  id: 'time',
  title: t('member.time'),
  width: 130,
  render: ({ time }) => <Ago at={time} />,
};
const REQUEST: Column<Member> = {
  id: 'request',
  title: t('member.request'),
  width: 300,
  render: ({ graphRequestId }) => graphRequestId ?? '–',
};
const CLIENT_REQUEST: Column<Member> = {
  id: 'clientRequest',
  title: t('member.clientRequest'),
  width: 300,
  render: ({ clientRequestId }) => clientRequestId ?? '–',
};

const COLUMNS: Readonly<Record<MemberState, readonly Column<Member>[]>> = {
  Success: [NAME, TIME, OBJECT, RESOURCE],
  'In Progress': [NAME, CHANGE, ATTEMPTS, TIME, REASON],
  Waiting: [NAME, REASON, TIME, RESOURCE],
  Failed: [NAME, REASON, ATTEMPTS, TIME, OBJECT, REQUEST, CLIENT_REQUEST],
  Excluded: [NAME, REASON, TIME, RESOURCE],
  Removing: [NAME, TYPE, OBJECT, ATTEMPTS, TIME, REASON],
  Held: [NAME, TYPE, TIME, OBJECT, RESOURCE],
  Kept: [NAME, TYPE, TIME, OBJECT, RESOURCE],
};

const whyColumn = (onWhy: (name: string) => void): Column<Member> => ({
  id: 'why',
  title: t('member.why'),
  width: 80,
  render: ({ name }) => (
    <Button size="small" appearance="subtle" aria-label={t('why.ask', { name })} onClick={() => onWhy(name)}>
      {t('why.short')}
    </Button>
  ),
});

/** Members that are chosen, by their directory objects. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  toggle(objectId: string): void;
}

const choiceColumn = ({ chosen, toggle }: Choice): Column<Member> => ({
  id: 'chosen',
  title: t('plan.chosen'),
  width: 72,
  render: ({ name, objectId }) =>
    objectId !== null && (
      <Checkbox
        aria-label={t('plan.choose', { name: name || objectId })}
        checked={chosen.has(objectId)}
        onChange={() => toggle(objectId)}
      />
    ),
});

const TALL: readonly MemberState[] = ['Failed', 'Waiting', 'Excluded', 'Removing', 'In Progress'];
const TYPING_MS = 250;

interface Props {
  readonly target: string;
  readonly state: MemberState;
  readonly plan?: string;
  readonly choice?: Choice | undefined;
  readonly onWhy: (name: string) => void;
}

/** The members of a target in one state, searched by the begin of their name. */
export const Members = ({ target, state, plan, choice, onWhy }: Props): ReactNode => {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const columns = useMemo<readonly Column<Member>[]>(
    () => [
      ...(choice ? [choiceColumn(choice)] : []),
      ...COLUMNS[state].flatMap((column) => (column === NAME ? [NAME, whyColumn(onWhy)] : [column])),
    ],
    [state, choice, onWhy],
  );
  return (
    <>
      <div className={styles.bar}>
        <SearchBox
          className={styles.search}
          placeholder={t('member.search')}
          aria-label={t('member.search')}
          value={text}
          onChange={(_, { value }) => setText(value)}
        />
        <Button onClick={() => onWhy(text.trim())}>{t('why.title')}</Button>
        <ExportButton
          path={`/api/v1/export/members/${target}`}
          file="members.csv"
          filter={{ state, search, planId: plan }}
        />
      </div>
      <Listing
        label={t(`members.${state}`)}
        name="members"
        query={membersQuery(target, { state, ...(search && { search }), ...(plan && { planId: plan }) })}
        columns={columns}
        rowKey={({ resourceId, objectId, name }) => `${resourceId} ${objectId} ${name}`}
        rowHeight={TALL.includes(state) ? 64 : 40}
        empty={
          search ? (
            <EmptyState title={t('members.noneFit', { search })} hint={t('members.noneFit.hint')} />
          ) : (
            <EmptyState title={t(`members.none.${state}`)} hint={t(`members.none.${state}.hint`)} />
          )
        }
      />
    </>
  );
};
