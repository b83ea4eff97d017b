import type { StateMachine } from '@collection-sync/core';

/** What the rows of a table may become, and their state as an expression of the row `r`. */
export interface TableOfStates {
  readonly machine: StateMachine;
  readonly state?: string;
}

/** From now on a change of state that the machine of a table does not have is an error, whoever writes it. */
export const refuseOtherChanges = async (
  database: { query(statement: string): Promise<unknown> },
  tables: Readonly<Record<string, TableOfStates>>,
): Promise<void> => {
  for (const [table, { machine, state = 'r.state' }] of Object.entries(tables)) {
    const allowed = machine.changes.flatMap(({ from, to }) => from.map((one) => `'${one} > ${to}'`));
    await database.query(
      `create or replace function state_of_${table}(r ${table}) returns text language sql immutable as $$ select ${state} $$`,
    );
    await database.query(
      `create or replace function refuse_${table}() returns trigger language plpgsql as $$
       declare
         before text := case when tg_op = 'UPDATE' then state_of_${table}(old) else '' end;
         after text := state_of_${table}(new);
       begin
         if before <> after and not (before || ' > ' || after) = any (array[${allowed.join(', ')}]) then
           raise exception 'a ${table} must not change from "%" to "%"', before, after;
         end if;
         return null;
       end $$`,
    );
    await database.query(
      `create or replace trigger refuse_others after insert or update on ${table} for each row execute function refuse_${table}()`,
    );
  }
};
