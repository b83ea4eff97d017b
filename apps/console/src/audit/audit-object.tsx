import type { ReactNode } from 'react';
import { RouterLink } from '../ui/router-link.js';
import type { AuditEntry } from './changes.js';

/** Where what a line is about is shown. */
const linkOf = ({ subject, collectionId, detail }: AuditEntry): string => {
  if (collectionId === null) return '/system';
  const query = new URLSearchParams({ target: subject });
  const { plan } = detail;
  if (typeof plan === 'string') {
    query.set('tab', 'Held');
    query.set('plan', plan);
  }
  return `/collections/${collectionId}?${query}`;
};

const collectionOf = ({ collectionId, collectionName }: AuditEntry): string | null =>
  collectionName === null ? collectionId : `${collectionName} (${collectionId})`;

/** The group or tenant that a line is about, by name, and the collection behind it. */
export const AuditObject = ({ entry }: { readonly entry: AuditEntry }): ReactNode => (
  <>
    <RouterLink to={linkOf(entry)}>{entry.groupName ?? entry.subject.split('/').at(-1)}</RouterLink>
    <br />
    {collectionOf(entry)}
  </>
);
