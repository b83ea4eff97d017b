import type { Tx } from '@collection-sync/postgres';

/** What the site's ids of a tenant were found to be: of devices AADDeviceID, of users AADUserID. Null until something was found. */
export interface SiteIds {
  readonly devices: 'deviceId' | 'objectId' | null;
  /** `unknown`: several were asked for, and none is the object id of a user: where the site knows a SID, that decides */
  readonly users: 'objectId' | 'unknown' | null;
}

/** The table `directory`: what was last reported of a tenant's mirrors. Its row lock orders everything that is published about the tenant. */
export interface DirectoryRow {
  readonly state: string;
  readonly since: Date;
  readonly readyKinds: readonly string[];
  readonly code: string | null;
  readonly reason: string | null;
  readonly siteIds: SiteIds;
  /** null when it was never reported */
  readonly reportedMsAgo: number | null;
  /** the clock of the database */
  readonly now: Date;
}

/** Locks the tenant's row, made if need be, for the rest of the transaction. */
export const lockDirectory = async (tx: Tx, tenant: string): Promise<DirectoryRow> => {
  await tx.execute('insert into directory (tenant) values ($1) on conflict do nothing', [tenant]);
  const [row] = await tx.query<DirectoryRow>(
    `select state, since, ready_kinds as "readyKinds", code, reason, site_ids as "siteIds", clock_timestamp() as now,
       (extract(epoch from clock_timestamp() - told_at) * 1000)::float8 as "reportedMsAgo"
     from directory where tenant = $1 for update`,
    [tenant],
  );
  return found(row, tenant);
};

export const storeSiteIds = async (tx: Tx, tenant: string, ids: SiteIds): Promise<void> => {
  await tx.execute('update directory set site_ids = $2::jsonb where tenant = $1', [tenant, JSON.stringify(ids)]);
};

export interface DirectoryReport {
  readonly state: string;
  readonly since: Date;
  readonly readyKinds: readonly string[];
  readonly code?: string;
  readonly reason?: string;
}

/** Remembers what is reported; returns its sequence. */
export const storeReport = async (tx: Tx, tenant: string, report: DirectoryReport): Promise<number> => {
  const [row] = await tx.query<{ sequence: number }>(
    `update directory set state = $2, since = $3, ready_kinds = $4, code = $5, reason = $6, told_at = clock_timestamp(),
       number = next_version(number)
     where tenant = $1 returning number as sequence`,
    [tenant, report.state, report.since, report.readyKinds, report.code, report.reason],
  );
  return found(row, tenant).sequence;
};

const found = <T>(row: T | undefined, tenant: string): T => {
  if (row === undefined) throw new Error(`the row of tenant ${tenant} is gone`);
  return row;
};
