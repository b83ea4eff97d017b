import type { Queryable } from '@collection-sync/postgres';
import { MAPPING_COLUMNS, type MappingRow } from './mapping-rows.js';

interface Filter {
  limit: number;
  tenantId?: string;
  collectionId?: string;
  state?: string;
}

/** One more than asked for tells whether there is a next page. */
export const pageOfMappings = (on: Queryable, filter: Filter, after: string): Promise<MappingRow[]> =>
  on.query<MappingRow>(
    `select ${MAPPING_COLUMNS} from mapping
     where target > $1 and ($2::text is null or tenant = $2) and ($3::text is null or collection = $3)
       and case when $4::text is null then state <> 'deleted' else state = $4 end
     order by target limit $5`,
    [after, filter.tenantId ?? null, filter.collectionId ?? null, filter.state ?? null, filter.limit + 1],
  );
