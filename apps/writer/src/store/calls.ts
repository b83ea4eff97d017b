import type { Operation } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';

export interface Call {
  no: number;
  epoch: number;
  operations: Operation[];
}

/** From now on its objects are under way, and its removals are without an answer. */
export const insertCall = async (
  tx: Tx,
  target: number,
  epoch: number,
  run: string,
  operations: readonly Operation[],
): Promise<number> => {
  const removed = operations.flatMap(({ kind, objects }) => (kind === 'delete' ? objects : []));
  if (removed.length > 0) {
    await tx.execute(
      `update entry set delete_unanswered = true where target = $1 and object = any ($2::uuid[]) and not delete_unanswered`,
      [target, removed],
    );
  }
  const { no } = await onlyRow(
    tx.query<{ no: number }>(
      `insert into call (target, epoch, run, operations) values ($1, $2, $3, $4::jsonb) returning no`,
      [target, epoch, run, JSON.stringify(operations)],
    ),
  );
  return no;
};

export const deleteCall = (tx: Tx, target: number, epoch: number, no: number): Promise<number> =>
  tx.execute(`delete from call where target = $1 and epoch = $2 and no = $3`, [target, epoch, no]);

export const unansweredCalls = (db: Queryable, target: number): Promise<Call[]> =>
  db.query<Call>(`select no, epoch, operations from call where target = $1 order by no`, [target]);

/** Calls of targets that nothing will be run for any more. */
export const dropOldCalls = (db: Queryable): Promise<number> =>
  db.execute(
    `delete from call c using target t
     where t.id = c.target and t.state in ('deleted', 'unmapped') and c.sent_at < clock_timestamp() - interval '1 h'`,
  );
