import type { MembershipChange } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

export interface Transfer {
  target: string;
  transfer: string;
  mode: 'full' | 'incremental' | 'preview';
  content: 'delta' | 'complete';
  collection: string;
  collectionType: 'device' | 'user';
  activated: number;
  from: number;
  to: number;
  reason: string | null;
  readAt: Date;
  trace: string | null;
  lastChunk: number;
  /** the chunks before it are merged */
  nextChunk: number;
  /** the telling of all members that goes with its merge, and its next part */
  snapshot: string | null;
  snapshotPart: number;
}

/** A chunk, and the W3C traceparent that it came with. */
export type StagedChunk = MembershipChange & { readonly trace?: string };

const COLUMNS = `target, transfer, mode, content, collection, collection_type as "collectionType", activated,
  from_version as "from", to_version as "to", reason, read_at as "readAt", trace,
  last_chunk as "lastChunk", next_chunk as "nextChunk", snapshot, snapshot_part as "snapshotPart"`;

/** One row per chunk: the last copy of (transfer, chunk) wins. The chunks given must differ. */
export const stageChunks = (tx: Tx, chunks: readonly StagedChunk[]): Promise<unknown> =>
  tx.query(
    `with given as (
       select * from unnest($1::text[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
         $10::bigint[], $11::bigint[], $12::text[], $13::timestamptz[], $14::boolean[], $15::text[])
         as g (target, transfer, chunk, body, mode, content, collection, collection_type, activated, from_version, to_version, reason,
           read_at, last, trace)
     ), staged as (
       insert into stage_chunk (target, transfer, chunk, body)
       select target, transfer, chunk, body::jsonb from given order by target, transfer, chunk
       on conflict (target, transfer, chunk) do update set body = excluded.body
       returning target, transfer, chunk, (xmax = 0) as fresh
     )
     insert into transfer as x (target, transfer, mode, content, collection, collection_type, activated, from_version, to_version,
       reason, read_at, trace, last_chunk, have)
     select g.target, g.transfer, min(g.mode), min(g.content), min(g.collection), min(g.collection_type), min(g.activated),
       min(g.from_version), min(g.to_version), min(g.reason), min(g.read_at), min(g.trace), max(g.chunk) filter (where g.last),
       count(*) filter (where s.fresh)
     from given g join staged s using (target, transfer, chunk)
     group by g.target, g.transfer order by g.target, g.transfer
     on conflict (target, transfer) do update set have = x.have + excluded.have, last_chunk = coalesce(excluded.last_chunk, x.last_chunk)`,
    [
      chunks.map(({ target }) => target),
      chunks.map(({ transfer }) => transfer),
      chunks.map(({ chunk }) => chunk),
      chunks.map(({ adds, removes }) => JSON.stringify({ adds, removes })),
      chunks.map(({ mode }) => mode),
      chunks.map(({ content }) => content),
      chunks.map(({ collection }) => collection),
      chunks.map(({ collectionType }) => collectionType),
      chunks.map(({ activated }) => activated),
      chunks.map(({ from }) => from),
      chunks.map(({ to }) => to),
      chunks.map(({ reason }) => reason ?? null),
      chunks.map(({ readAt }) => readAt),
      chunks.map(({ last }) => last),
      chunks.map(({ trace }) => trace ?? null),
    ],
  );

/** Whether any has all its chunks: asked with each chunk that arrives, and mostly there is none. */
export const isAnyReady = async (db: Queryable): Promise<boolean> =>
  (await db.query(`select from transfer where ready and mode <> 'preview' limit 1`)).length > 0;

/** The transfer of a target whose merge has begun, or that arrived first among those with all their chunks. */
export const nextTransfer = async (tx: Tx, target: string, activated: number): Promise<Transfer | undefined> =>
  (
    await tx.query<Transfer>(
      `select ${COLUMNS} from transfer where target = $1 and ready and mode <> 'preview' and activated <= $2
       order by next_chunk = 0, arrived limit 1`,
      [target, activated],
    )
  )[0];

/** How far its merge has come; other targets have their turn now. */
export const storeStep = (
  tx: Tx,
  { target, transfer, nextChunk, snapshot, snapshotPart }: Transfer,
): Promise<unknown> =>
  tx.query(
    `update transfer set next_chunk = $3, snapshot = $4, snapshot_part = $5, stepped_at = clock_timestamp()
     where target = $1 and transfer = $2`,
    [target, transfer, nextChunk, snapshot, snapshotPart],
  );

export interface ClaimedPreview extends Transfer {
  claim: string;
}

/** A preview with all its chunks, for one worker at a time. */
export const claimPreview = async (db: Queryable, holdMs: number): Promise<ClaimedPreview | undefined> =>
  (
    await db.query<ClaimedPreview>(
      `update transfer set claim = gen_random_uuid(), claimed_until = clock_timestamp() + make_interval(secs => $1::float8 / 1000)
       where (target, transfer) = (
         select target, transfer from transfer
         where mode = 'preview' and ready
           and (claimed_until is null or claimed_until < clock_timestamp() or claimed_until > clock_timestamp() + interval '1 h')
         order by arrived limit 1 for update skip locked)
       returning ${COLUMNS}, claim`,
      [holdMs],
    )
  )[0];

/** False when another worker has claimed it meanwhile. */
export const renewPreview = async (
  db: Queryable,
  { target, transfer, claim }: ClaimedPreview,
  holdMs: number,
): Promise<boolean> =>
  (await db.execute(
    `update transfer set claimed_until = clock_timestamp() + make_interval(secs => $4::float8 / 1000)
     where target = $1 and transfer = $2 and claim = $3`,
    [target, transfer, claim, holdMs],
  )) > 0;

export const releasePreview = (db: Queryable, { target, transfer, claim }: ClaimedPreview): Promise<unknown> =>
  db.query(`update transfer set claimed_until = null where target = $1 and transfer = $2 and claim = $3`, [
    target,
    transfer,
    claim,
  ]);

export const dropTransfer = (db: Queryable, target: string, transfer: string): Promise<unknown> =>
  db.query(
    `with gone as (delete from transfer where target = $1 and transfer = $2)
     delete from stage_chunk where target = $1 and transfer = $2`,
    [target, transfer],
  );

/** Staged transfers have an age. */
export const dropOldTransfers = (db: Queryable, hours: number): Promise<number> =>
  db.execute(
    `with old as (delete from transfer where created_at < statement_timestamp() - make_interval(hours => $1) returning target, transfer)
     delete from stage_chunk c using old where c.target = old.target and c.transfer = old.transfer`,
    [hours],
  );
