import type { Tx } from '@collection-sync/postgres';

interface Merge {
  readonly collection: string;
  readonly readNo: number;
  readonly version: number;
}

/** Names and kinds as the read showed them; a new name makes no version. */
export const saveNames = async (tx: Tx, { collection, readNo }: Omit<Merge, 'version'>): Promise<void> => {
  await tx.query(
    `insert into resource as r (id, kind, name)
     select distinct on (s.resource) s.resource, s.kind, s.name from stage s
     where s.collection = $1 and s.read_no = $2
       and not exists (select from resource k where k.id = s.resource and k.kind = s.kind and k.name = s.name)
     order by s.resource
     on conflict (id) do update set kind = excluded.kind, name = excluded.name`,
    [collection, readNo],
  );
};

/** Joiners, with the new version. One whose identity was never looked at does not join yet: unknown is not the same as none. */
export const addJoiners = (tx: Tx, { collection, readNo, version }: Merge): Promise<number> =>
  tx.execute(
    `insert into membership as m (collection, resource, present, version)
     select distinct s.collection, s.resource, true, $3::bigint
     from stage s join resource r on r.id = s.resource
       left join membership k on k.collection = s.collection and k.resource = s.resource
     where s.collection = $1 and s.read_no = $2 and k.present is not true
       and (r.looked_at is not null or r.kind not in ('device', 'user'))
     on conflict (collection, resource) do update set present = true, version = excluded.version`,
    [collection, readNo, version],
  );

/** Leavers become tombstones with the new version; with `only`, no others than these. */
export const buryLeavers = (
  tx: Tx,
  { collection, readNo, version }: Merge,
  only?: readonly number[],
): Promise<number> =>
  tx.execute(
    `update membership m set present = false, version = $3
     where m.collection = $1 and m.present and ($4::bigint[] is null or m.resource = any ($4))
       and not exists (select from stage s where s.collection = $1 and s.read_no = $2 and s.resource = m.resource)`,
    [collection, readNo, version, only ?? null],
  );
