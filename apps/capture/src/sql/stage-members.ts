import type { SiteMember } from '@collection-sync/configmgr';
import type { Database } from '@collection-sync/postgres';

const COLUMNS = ['collection', 'read_no', 'resource', 'kind', 'name'];

export const stageMembers = (
  database: Database,
  collection: string,
  readNo: number,
  members: readonly SiteMember[],
): Promise<number> =>
  database.transaction((tx) =>
    tx.copyIn(
      'stage',
      COLUMNS,
      members.map(({ resource, kind, name }) => [collection, readNo, resource, kind, name]),
    ),
  );

export const clearStage = async (database: Database, collection: string, readNo: number): Promise<void> => {
  await database.query('delete from stage where collection = $1 and read_no = $2', [collection, readNo]);
};
