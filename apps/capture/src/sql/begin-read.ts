import type { Database } from '@collection-sync/postgres';

export interface BegunRead {
  readonly readNo: number;
  /** asks that this read serves */
  readonly asked: number;
  /** when it began */
  readonly at: Date;
}

/** Takes the number of a read before it starts, and clears what older reads left. */
export const beginRead = (database: Database, collection: string): Promise<BegunRead | undefined> =>
  database.transaction(async (tx) => {
    const [read] = await tx.query<BegunRead>(
      `update collection set read_no = next_version(read_no), read_at = clock_timestamp() where id = $1
       returning read_no as "readNo", asked, read_at as at`,
      [collection],
    );
    if (read) await tx.query('delete from stage where collection = $1 and read_no < $2', [collection, read.readNo]);
    return read;
  });
