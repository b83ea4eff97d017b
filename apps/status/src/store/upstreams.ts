import { storableJson, UNNAMED_SITE, upstreamKey, type Upstream } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

/**
 * Stores what is newer than what is here. Answers the keys, `kind/name`, that changed. What was said of a site before it had stated its name
 * goes with the first record that names it; the topic keeps it.
 */
export const saveUpstreams = async (tx: Queryable, events: readonly Upstream[]): Promise<string[]> => {
  const rows = await tx.query<Pick<Upstream, 'kind' | 'name'>>(
    `insert into upstream as u (kind, name, state, code, reason, progress, since, checked_at, last_success, address,
       site_ids, figures, number)
     select distinct on (kind, name) kind, name, state, code, reason, progress, since, "checkedAt", "lastSuccess", address, "siteIds", figures,
       sequence
     from jsonb_to_recordset($1::jsonb) as r (kind text, name text, state text, code text, reason text, progress jsonb,
       since timestamptz, "checkedAt" timestamptz, "lastSuccess" timestamptz, address text, "siteIds" jsonb, figures jsonb, sequence bigint)
     order by kind, name, sequence desc
     on conflict (kind, name) do update set state = excluded.state, code = excluded.code, reason = excluded.reason,
       progress = excluded.progress, since = excluded.since, checked_at = excluded.checked_at,
       last_success = excluded.last_success, address = excluded.address, site_ids = excluded.site_ids, figures = excluded.figures, number = excluded.number
     where u.number < excluded.number
     returning kind, name`,
    [storableJson(events)],
  );
  await tx.execute(
    `delete from upstream where kind = 'site' and name = $1 and exists (select from upstream where kind = 'site' and name <> $1)`,
    [UNNAMED_SITE],
  );
  return rows.map(upstreamKey);
};

export interface UpstreamRow {
  kind: Upstream['kind'];
  name: string;
  state: Upstream['state'];
  code: string | null;
  reason: string | null;
  progress: NonNullable<Upstream['progress']> | null;
  since: Date;
  checkedAt: Date;
  lastSuccess: Date | null;
  address: string | null;
  siteIds: NonNullable<Upstream['siteIds']> | null;
  figures: Record<string, number>;
  /** when its record was published: their numbers are times in milliseconds */
  reportedAt: Date;
}

export const allUpstreams = (db: Queryable): Promise<UpstreamRow[]> =>
  db.query<UpstreamRow>(
    `select kind, name, state, code, reason, progress, since, checked_at as "checkedAt", last_success as "lastSuccess", address,
       site_ids as "siteIds", figures, to_timestamp(number / 1000.0) as "reportedAt" from upstream order by kind, name`,
  );
