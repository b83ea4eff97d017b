import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { auditEntryQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { Figure, Figures } from '../ui/figure.js';
import { SideDrawer } from '../ui/side-drawer.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { actionInWords } from './actions.js';
import { AuditObject } from './audit-object.js';
import { changesOf, orderOf, type AuditEntry, type Change } from './changes.js';

interface Props {
  readonly id: number;
  readonly onClose: () => void;
}

/** One line of the log with all that it holds. */
export const AuditDrawer = ({ id, onClose }: Props): ReactNode => {
  const { data, error, refetch } = useQuery(auditEntryQuery(id));
  return (
    <SideDrawer title={data ? actionInWords(data.action) : t('audit.details')} size="large" onClose={onClose}>
      {error ? (
        <ProblemState error={error} retry={refetch} />
      ) : data ? (
        <Entry entry={data} />
      ) : (
        <LoadingState label={t('audit.details')} />
      )}
    </SideDrawer>
  );
};

const WHO = ['role', 'issuer', 'actorSubject', 'objectId', 'address', 'client'] as const;

const Entry = ({ entry }: { readonly entry: AuditEntry }): ReactNode => {
  const changes = changesOf(entry);
  const ordered = orderOf(entry);
  return (
    <>
      <Figures>
        <Figure label={t('audit.at')}>{fullTime(entry.at)}</Figure>
        <Figure label={t('audit.subject')}>
          <AuditObject entry={entry} />
        </Figure>
        {ordered.length > 0 && <Figure label={t('audit.ordered')}>{ordered.join('; ')}</Figure>}
      </Figures>
      {changes.length > 0 && <Changes changes={changes} />}
      <Figures>
        <Figure label={t('audit.actor')}>{entry.actor}</Figure>
        {WHO.map((field) => (
          <Figure key={field} label={t(`audit.${field}`)}>
            {entry[field] ?? '–'}
          </Figure>
        ))}
        <Figure label={t('audit.line')}>{String(entry.id)}</Figure>
      </Figures>
    </>
  );
};

const Changes = ({ changes }: { readonly changes: readonly Change[] }): ReactNode => (
  <Table size="small" aria-label={t('audit.what')}>
    <TableHeader>
      <TableRow>
        {(['setting', 'before', 'after'] as const).map((title) => (
          <TableHeaderCell key={title}>{t(`audit.${title}`)}</TableHeaderCell>
        ))}
      </TableRow>
    </TableHeader>
    <TableBody>
      {changes.map(({ label, before, after }) => (
        <TableRow key={label}>
          <TableCell>{label}</TableCell>
          <TableCell>{before ?? '–'}</TableCell>
          <TableCell>
            <Text weight="semibold">{after ?? '–'}</Text>
          </TableCell>
        </TableRow>
      ))}
    </TableBody>
  </Table>
);
