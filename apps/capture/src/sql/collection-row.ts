import type { ListedCollectionType, ReadProof } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

export interface CollectionRow {
  id: string;
  site: string;
  name: string;
  type: ListedCollectionType;
  comment: string;
  count: number;
  changed_at: Date | null;
  state: 'ok' | 'incomplete' | 'missing';
  product_relations: { group: string; groupName: string; tenant?: string }[];
  version: number;
  published: number;
  read_no: number;
  committed_read: number;
  complete_read: number;
  last_read: ReadProof | null;
  last_complete: ReadProof | null;
  asked: number;
  read_asked: number;
  complete_asked: number;
  number: number;
  checked_at: Date;
}

/** Holds the row of a collection: what changes its content, its version or what is owed to its targets is done under it. */
export const lockCollection = async (tx: Tx, id: string): Promise<CollectionRow | undefined> => {
  const [row] = await tx.query<CollectionRow>('select * from collection where id = $1 for update', [id]);
  return row;
};

/** Takes the number of the next record of each collection that the site has listed; in the order of their ids. */
export const nextCollectionRecords = async (tx: Tx, ids: readonly string[]): Promise<CollectionRow[]> => {
  await tx.query('select from collection where id = any ($1) order by id for update', [ids]);
  return tx.query<CollectionRow>(
    `update collection c set number = next_version(number), event_at = clock_timestamp()
     where id = any ($1) and listed
     returning c.*, coalesce((select checked_at from site), clock_timestamp()) as checked_at`,
    [ids],
  );
};
