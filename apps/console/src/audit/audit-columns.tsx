import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import type { Column } from '../ui/table.js';
import { actionInWords } from './actions.js';
import { AuditObject } from './audit-object.js';
import { summaryOf, type AuditEntry } from './changes.js';

const useStyles = makeStyles({
  what: {
    whiteSpace: 'normal',
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const What = ({ entry }: { readonly entry: AuditEntry }): ReactNode => {
  const text = summaryOf(entry);
  return (
    <span className={useStyles().what} title={text}>
      {text}
    </span>
  );
};

interface PairProps {
  readonly first: ReactNode;
  readonly second: string | null;
}

const Pair = ({ first, second }: PairProps): ReactNode => {
  const styles = useStyles();
  return (
    <>
      {first}
      <br />
      <span className={styles.second} title={second ?? ''}>
        {second}
      </span>
    </>
  );
};

interface Handlers {
  readonly onActor: (actor: string) => void;
  readonly onOpen: (entry: AuditEntry) => void;
}

export const auditColumns = ({ onActor, onOpen }: Handlers): readonly Column<AuditEntry>[] => [
  {
    id: 'at',
    title: t('audit.at'),
    width: 185,
    render: ({ at }) => <time dateTime={at}>{fullTime(at)}</time>,
  },
  {
    id: 'actor',
    title: t('audit.actor'),
    width: 110,
    render: ({ actor, actorSubject, role }) => (
      <Pair
        first={
          <Link
            as="button"
            aria-label={t('audit.actor.only', { actor })}
            title={t('audit.actor.only', { actor })}
            onClick={() => onActor(actorSubject ?? actor)}
          >
            {actor}
          </Link>
        }
        second={role}
      />
    ),
  },
  { id: 'action', title: t('audit.action'), width: 165, render: ({ action }) => actionInWords(action) },
  {
    id: 'subject',
    title: t('audit.subject'),
    width: 180,
    grow: true,
    render: (entry) => <AuditObject entry={entry} />,
  },
  { id: 'what', title: t('audit.what'), width: 170, grow: true, render: (entry) => <What entry={entry} /> },
  {
    id: 'details',
    title: t('audit.details'),
    width: 80,
    render: (entry) => (
      <Button
        size="small"
        appearance="subtle"
        aria-label={t('audit.detailsOf', { action: actionInWords(entry.action), at: fullTime(entry.at) })}
        onClick={() => onOpen(entry)}
      >
        {t('audit.details')}
      </Button>
    ),
  },
  {
    id: 'from',
    title: t('audit.from'),
    width: 130,
    render: ({ address, client }) => <Pair first={address ?? '–'} second={client} />,
  },
];
