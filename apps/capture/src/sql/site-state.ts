import type { Queryable, Tx } from '@collection-sync/postgres';

export interface SiteState {
  code: string | null;
  state: 'loading' | 'ready' | 'unavailable';
  error_code: string | null;
  reason: string | null;
  since: Date;
  checked_at: Date | null;
  collections: number;
  number: number;
}

/** Holds the row of the site, which is the key of its upstream records. */
export const lockSite = async (tx: Tx): Promise<SiteState> => {
  const [site] = await tx.query<SiteState>('select * from site for update');
  return site!;
};

export const siteCodeOf = async (on: Queryable): Promise<string | null> => {
  const [site] = await on.query<{ code: string | null }>('select code from site');
  return site?.code ?? null;
};

export const siteStateOf = async (on: Queryable): Promise<SiteState['state']> => {
  const [site] = await on.query<Pick<SiteState, 'state'>>('select state from site');
  return site!.state;
};

export interface SiteFinding {
  readonly code: string | null;
  readonly state: 'ready' | 'unavailable';
  readonly errorCode: string | null;
  readonly reason: string | null;
  readonly collections: number | null;
}

/** Keeps what a listing showed; `since` moves only with the state. */
export const saveSite = async (tx: Tx, found: SiteFinding): Promise<void> => {
  await tx.query(
    `update site set code = coalesce(code, $1), since = case when state = $2 then since else clock_timestamp() end,
       state = $2, error_code = $3, reason = $4, collections = coalesce($5, collections),
       checked_at = case when $2 = 'ready' then clock_timestamp() else checked_at end`,
    [found.code, found.state, found.errorCode, found.reason, found.collections],
  );
};

/** Takes the number of the next upstream record. */
export const nextSiteRecord = async (tx: Tx): Promise<SiteState> => {
  const [site] = await tx.query<SiteState>(
    'update site set number = next_version(number), event_at = clock_timestamp() returning *',
  );
  return site!;
};

export const siteRecordDue = async (on: Queryable, heartbeatMs: number): Promise<boolean> =>
  (await on.query(`select from site where code is not null and is_due(event_at, $1 * interval '1 ms')`, [heartbeatMs]))
    .length > 0;
