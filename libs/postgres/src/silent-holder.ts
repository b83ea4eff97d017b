import type { Queryable } from './queryable.js';

/**
 * Ends the session that holds an advisory lock and has asked the server nothing for so long. A role may end its own sessions:
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
 */
export const endSilentHolder = async (on: Queryable, lock: string, silentMs: number): Promise<boolean> => {
  const ended = await on.query(
    `select pg_terminate_backend(a.pid)
     from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.database = a.datid and a.datname = current_database()
       and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended($1, 0)
       and a.state_change < clock_timestamp() - $2 * interval '1 ms'`,
    [lock, silentMs],
  );
  return ended.length > 0;
};
