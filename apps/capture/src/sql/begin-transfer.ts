import type { Tx } from '@collection-sync/postgres';

/**
 * Remembers a transfer before its first chunk leaves, for those targets that are still as planned; answers which. From a complete one on,
 * answers about older transfers are ignored.
 */
export const beginTransfer = async (
  tx: Tx,
  transfer: { id: string; targets: readonly { target: string; activated: number }[]; complete: boolean },
): Promise<string[]> => {
  const rows = await tx.query<{ target: string }>(
    `with held as (
       select t.target from target t join unnest($2::text[], $3::bigint[]) as g (target, activated)
         on g.target = t.target and g.activated = t.activated
       where t.state = 'active' order by t.target for update of t
     ), begun as (
       insert into transfer (id, target) select $1, target from held returning target, no
     ), marked as (
       update target t set last_complete_no = b.no from begun b where $4 and t.target = b.target
     )
     select target from begun`,
    [
      transfer.id,
      transfer.targets.map(({ target }) => target),
      transfer.targets.map(({ activated }) => activated),
      transfer.complete,
    ],
  );
  return rows.map(({ target }) => target);
};
