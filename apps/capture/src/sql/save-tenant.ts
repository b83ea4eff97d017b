import type { Upstream } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

/**
 * Keeps the state of a tenant's directory mirror unless it is older than what is known. When the mirror becomes ready, or ready anew, every
 * target of the tenant owes its complete content. Answers whether that is so.
 */
export const saveTenant = async (tx: Tx, directory: Upstream): Promise<boolean> => {
  const [before] = await tx.query<{ state: string; since: Date }>(
    'select state, since from tenant where tenant = $1 for update',
    [directory.name],
  );
  const saved = await tx.execute(
    `insert into tenant as t (tenant, state, since, number) values ($1, $2, $3, $4)
     on conflict (tenant) do update set state = excluded.state, since = excluded.since, number = excluded.number
     where t.number < excluded.number`,
    [directory.name, directory.state, directory.since, directory.number],
  );
  const ready = saved > 0 && directory.state === 'ready';
  if (!ready || (before?.state === 'ready' && before.since.getTime() === Date.parse(directory.since))) return false;
  await tx.query(`update target set owed = owed + 1 where tenant = $1 and state = 'active'`, [directory.name]);
  return true;
};
