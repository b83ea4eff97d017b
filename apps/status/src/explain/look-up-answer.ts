import { REASONS } from '@collection-sync/core';
import { iso } from '../http/fields.js';
import type { LookUpRow } from '../store/look-ups.js';
import { concludeLookUp } from './conclude-look-up.js';
import type { LookUpAnswer } from './look-ups.contract.js';

/** A question with what came of it. */
export const toLookUpAnswer = (row: LookUpRow): LookUpAnswer => ({
  id: row.id,
  target: row.target,
  collectionId: row.collection,
  name: row.name,
  resourceId: row.resource,
  askedAt: iso(row.askedAt),
  expiresAt: iso(row.expiresAt),
  ...concludeLookUp(row),
  site: siteOf(row),
  directory: row.directory && {
    at: row.directory.at,
    problem: row.directory.problem ?? null,
    objects: row.directory.named.map(({ object, name, enabled }) => ({ objectId: object, name, enabled })),
  },
});

const siteOf = ({ site, directory }: LookUpRow): LookUpAnswer['site'] =>
  site && {
    at: site.at,
    problem: site.problem ?? null,
    resources: site.resources.map(({ resource, name, obsolete, client, membership }) => {
      const resolved = directory?.resolved.find((one) => one.resource === resource);
      return {
        resourceId: resource,
        name,
        obsolete: obsolete ?? null,
        client: client ?? null,
        membership,
        objectId: resolved?.object ?? null,
        objectEnabled: resolved?.enabled ?? null,
        reason: resolved?.reason ?? null,
        advice: adviceOf(resolved?.reason),
      };
    }),
  };

const adviceOf = (reason: string | undefined): string | null =>
  reason !== undefined && reason in REASONS ? REASONS[reason as keyof typeof REASONS].advice : null;
