import { storableJson, type CollectionType, type DirectoryAnswer, type SiteAnswer } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';

/** A question waits for the site, then for the directory; one that is not answered at its end stays so, whatever comes later. */
export interface LookUpRow {
  id: string;
  target: string;
  collection: string;
  collectionType: CollectionType;
  name: string | null;
  resource: number | null;
  askedAt: Date;
  expiresAt: Date;
  /** nobody waits for an answer any more */
  over: boolean;
  site: SiteAnswer | null;
  directory: DirectoryAnswer | null;
}

const COLUMNS = `id, target, collection, collection_type as "collectionType", name, resource, asked_at as "askedAt", expires_at as "expiresAt",
  expires_at <= clock_timestamp() as over, site, directory`;

interface Asked extends Pick<LookUpRow, 'id' | 'target' | 'collection' | 'collectionType'> {
  readonly name?: string;
  readonly resource?: number;
  readonly by: string;
  readonly seconds: number;
}

/** Questions of the last minute: of this person, and of everybody. Until the commit nobody else counts. */
export const countLookUps = async (tx: Tx, by: string): Promise<{ own: number; all: number }> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' look-ups', 0))`);
  return onlyRow(
    tx.query<{ own: number; all: number }>(
      `select count(*) filter (where asked_by = $1) as own, count(*) as all from look_up
       where asked_at > clock_timestamp() - interval '1 minute'`,
      [by],
    ),
  );
};

export const insertLookUp = (tx: Tx, asked: Asked): Promise<LookUpRow> =>
  onlyRow(
    tx.query<LookUpRow>(
      `insert into look_up (id, target, collection, collection_type, name, resource, asked_by, asked_at, expires_at)
     select $1, $2, $3, $4, $5, $6, $7, at, at + make_interval(secs => $8)
     from (select date_trunc('milliseconds', clock_timestamp()) as at) now
     returning ${COLUMNS}`,
      [
        asked.id,
        asked.target,
        asked.collection,
        asked.collectionType,
        asked.name ?? null,
        asked.resource ?? null,
        asked.by,
        asked.seconds,
      ],
    ),
  );

export const findLookUp = async (db: Queryable, id: string): Promise<LookUpRow | undefined> =>
  (await db.query<LookUpRow>(`select ${COLUMNS} from look_up where id = $1`, [id]))[0];

/** What came first counts: a record may come again, and its question may have been asked again by another replica. */
export const answerLookUp = async (
  db: Queryable,
  id: string,
  by: 'site' | 'directory',
  answer: SiteAnswer | DirectoryAnswer,
): Promise<void> => {
  await db.query(
    `update look_up set ${by} = coalesce(${by}, $2::jsonb) where id = $1 and expires_at > clock_timestamp()`,
    [id, storableJson(answer)],
  );
};
