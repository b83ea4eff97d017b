import type { Queryable, Tx } from '@collection-sync/postgres';

export const claimRelations = async (on: Queryable, everyMs: number): Promise<boolean> =>
  (await on.execute(
    `update site set relations_at = clock_timestamp() where code is not null and is_due(relations_at, $1 * interval '1 ms')`,
    [everyMs],
  )) > 0;

/** Keeps the relations of the product's own cloud sync; answers the collections whose relations changed. */
export const saveRelations = async (
  tx: Tx,
  relations: readonly { collection: string; group: string; groupName: string }[],
): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `with given as (
       select collection, jsonb_agg(jsonb_build_object('group', group_id, 'groupName', group_name) order by group_id) as relations
       from unnest($1::text[], $2::text[], $3::text[]) as g (collection, group_id, group_name) group by collection
     ), differing as (
       select c.id, coalesce(g.relations, '[]') as relations from collection c left join given g on g.collection = c.id
       where c.listed and c.product_relations is distinct from coalesce(g.relations, '[]') order by c.id for update of c
     )
     update collection c set product_relations = d.relations from differing d where c.id = d.id returning c.id`,
    [
      relations.map(({ collection }) => collection),
      relations.map(({ group }) => group),
      relations.map(({ groupName }) => groupName),
    ],
  );
  return rows.map(({ id }) => id);
};
