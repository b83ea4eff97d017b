import { STATE_MACHINES } from '@collection-sync/core';
import type { Database } from '@collection-sync/postgres';

/** The state of a row, as an expression of it. */
const STATE_OF = {
  target: `case when r.state = 'deleting' and r.released then 'released' when r.teardown is not null then 'tear-down'
    when r.state = 'deleting' and r.paused_by is not null then 'stopped' else r.state end`,
  run: `coalesce(r.ending, r.phase)`,
  plan: `r.state`,
  group_copy: `r.state`,
  command: `case when r.acted_at is not null then 'answered' when r.progress is not null then 'under way' else 'stored' end`,
} as const;

/** From now on a change of state that the table of state machines does not have is an error, whoever writes it. */
export const refuseOtherChanges = async (database: Database): Promise<void> => {
  for (const [table, state] of Object.entries(STATE_OF) as [keyof typeof STATE_OF, string][]) {
    const { changes } = STATE_MACHINES[table];
    const allowed = changes.flatMap(({ from, to }) => from.map((one) => `${one} > ${to}`));
    await database.query(
      `create function state_of_${table}(r ${table}) returns text language sql immutable as $$ select ${state} $$`,
    );
    await database.query(
      `create function refuse_${table}() returns trigger language plpgsql as $$
       declare
         before text := case when tg_op = 'UPDATE' then state_of_${table}(old) else '' end;
         after text := state_of_${table}(new);
       begin
         if before <> after and not (before || ' > ' || after) = any (array[${allowed.map((one) => `'${one}'`).join(', ')}]) then
           raise exception 'a ${table} must not change from "%" to "%"', before, after;
         end if;
         return null;
       end $$`,
    );
    await database.query(
      `create trigger refuse_others after insert or update on ${table} for each row execute function refuse_${table}()`,
    );
  }
};
