import type { CollectionType } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

export interface TargetRow {
  target: string;
  tenant: string;
  group_id: string;
  collection: string;
  collection_type: CollectionType;
  state: 'active' | 'paused' | 'deleting' | 'deleted';
  activated: number;
  full_reason: string | null;
  full_asked: number;
  full_sent: boolean;
  sent: number | null;
  merged: number;
  last_complete_no: number;
  failed_why: string | null;
}

export const lockTarget = async (tx: Tx, target: string): Promise<TargetRow | undefined> => {
  const [row] = await tx.query<TargetRow>('select * from target where target = $1 for update', [target]);
  return row;
};

/** Without a lock: only to learn the collection, whose row is locked first. */
export const findTarget = async (on: Queryable, target: string): Promise<TargetRow | undefined> => {
  const [row] = await on.query<TargetRow>('select * from target where target = $1', [target]);
  return row;
};

/** Takes the number of the target's next run record, and its time; a target that is not mapped counts by the clock. */
export const nextRunRecord = async (tx: Tx, target: string): Promise<{ number: number; at: Date }> => {
  const [row] = await tx.query<{ number: number; at: Date }>(
    'update target set number = next_version(number) where target = $1 returning number, clock_timestamp() as at',
    [target],
  );
  if (row) return row;
  const [clock] = await tx.query<{ number: number; at: Date }>(
    'select next_version(0) as number, clock_timestamp() as at',
  );
  return clock!;
};

export const askFull = async (tx: Tx, target: string, reason: string, asked: number): Promise<void> => {
  await tx.query(
    `update target set full_reason = $2, full_asked = $3, full_sent = false, failed_why = null where target = $1`,
    [target, reason, asked],
  );
};

export const oweComplete = async (tx: Tx, target: string): Promise<void> => {
  await tx.query('update target set owed = owed + 1 where target = $1', [target]);
};

/** Active targets that wait for a full which a read with these asks should have served. */
export const waitingFulls = (tx: Tx, collection: string, asked: number): Promise<TargetRow[]> =>
  tx.query<TargetRow>(
    `select * from target where collection = $1 and state = 'active' and full_reason is not null and not full_sent
       and full_asked <= $2 order by target for update`,
    [collection, asked],
  );

export const noteFailure = async (tx: Tx, target: string, why: string): Promise<void> => {
  await tx.query('update target set failed_why = $2 where target = $1', [target, why]);
};
