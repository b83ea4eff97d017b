import { queryOptions } from '@tanstack/react-query';
import { answerOf, api, splitTarget, type Schema } from './client.js';
import type { operations } from '@collection-sync/api';

type QueryOf<O extends keyof operations> = Omit<NonNullable<operations[O]['parameters']['query']>, 'cursor' | 'limit'>;

export type CollectionFilter = QueryOf<'listCollections'>;
export type MemberFilter = QueryOf<'listMembers'>;
export type PlanFilter = QueryOf<'listPlans'>;
export type RunFilter = Pick<QueryOf<'listRuns'>, 'kind' | 'state' | 'from' | 'to'>;
export type AuditFilter = QueryOf<'listAudit'>;

const PAGE = 500;

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A listing that is read page by page; its key tells what it shows and how. Each page is a query of its own: see `useListing`. */
const listing = <T>(
  key: readonly [string, ...unknown[]],
  read: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
  limit = PAGE,
) => ({
  key,
  page: (cursor: string | null) =>
    queryOptions({
      queryKey: [...key, { cursor }],
      queryFn: () => read({ limit, ...(cursor !== null && { cursor }) }),
      // as long as the listing is open, nothing of it is lost between the pages that are seen
      ...(cursor !== null && { gcTime: Infinity }),
    }),
});

export type ListingQuery<T> = ReturnType<typeof listing<T>>;

export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: () => answerOf(api.GET('/api/v1/sign-in')),
  staleTime: Infinity,
});
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answerOf(api.GET('/api/v1/me')),
  staleTime: Infinity,
});
export const summaryQuery = queryOptions({
  queryKey: ['summary'],
  queryFn: () => answerOf(api.GET('/api/v1/summary')),
});
export const collectionsQuery = (filter: CollectionFilter) =>
  listing(['collections', filter], (page) =>
    answerOf(api.GET('/api/v1/collections', { params: { query: { ...filter, ...page } } })),
  );
export const collectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['collection', id],
    queryFn: () => answerOf(api.GET('/api/v1/collections/{id}', { params: { path: { id } } })),
  });
export const targetQuery = (target: string) =>
  queryOptions({
    queryKey: ['target', target],
    queryFn: () => answerOf(api.GET('/api/v1/targets/{tenant}/{group}', { params: { path: splitTarget(target) } })),
  });
export const mappingQuery = (target: string) =>
  queryOptions({
    queryKey: ['mapping', target],
    queryFn: () => answerOf(api.GET('/api/v1/mappings/{tenant}/{group}', { params: { path: splitTarget(target) } })),
  });
/** The mappings of these targets, by target. */
export const mappingsQuery = (targets: readonly string[]) =>
  queryOptions({
    queryKey: ['mappings', targets],
    queryFn: async () => {
      const found = new Map<string, Schema['Mapping']>();
      const missing = new Set(targets);
      for (let cursor: string | null | undefined; missing.size > 0 && cursor !== null;) {
        const query = { limit: PAGE, ...(cursor && { cursor }) };
        const page: Page<Schema['Mapping']> = await answerOf(api.GET('/api/v1/mappings', { params: { query } }));
        for (const mapping of page.items) if (missing.delete(mapping.target)) found.set(mapping.target, mapping);
        cursor = page.next;
      }
      return found;
    },
  });
export const membersQuery = (target: string, filter: MemberFilter) =>
  listing(['members', target, filter], (page) =>
    answerOf(
      api.GET('/api/v1/targets/{tenant}/{group}/members', {
        params: { path: splitTarget(target), query: { ...filter, ...page } },
      }),
    ),
  );
export const whyQuery = (target: string, name: string, graph: boolean) =>
  queryOptions({
    queryKey: ['why', target, name, graph],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/targets/{tenant}/{group}/why', {
          params: { path: splitTarget(target), query: { name, ...(graph ? { graph: 'true' as const } : {}) } },
        }),
      ),
    enabled: name !== '',
  });
export const resourcesQuery = (search: string) =>
  listing(
    ['resources', search],
    (page) => answerOf(api.GET('/api/v1/resources', { params: { query: { search, ...page } } })),
    100,
  );
export const runMembersQuery = (id: string) =>
  listing(
    ['run-members', id],
    (page) => answerOf(api.GET('/api/v1/runs/{id}/members', { params: { path: { id }, query: page } })),
    100,
  );
export const runsQuery = (target: string, filter: RunFilter) =>
  listing(
    ['runs', target, filter],
    (page) => {
      const { tenant, group } = splitTarget(target);
      const query = { tenantId: tenant, groupId: group, ...filter, ...page };
      return answerOf(api.GET('/api/v1/runs', { params: { query } }));
    },
    100,
  );
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: () => answerOf(api.GET('/api/v1/runs/{id}', { params: { path: { id } } })),
  });
export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['plans', 'one', id],
    queryFn: () => answerOf(api.GET('/api/v1/plans/{id}', { params: { path: { id } } })),
  });
export const plansQuery = (filter: PlanFilter) =>
  queryOptions({
    queryKey: ['plans', filter],
    queryFn: () => answerOf(api.GET('/api/v1/plans', { params: { query: { ...filter, limit: 100 } } })),
  });
export const commandQuery = (id: string) =>
  queryOptions({
    queryKey: ['command', id],
    queryFn: () => answerOf(api.GET('/api/v1/commands/{id}', { params: { path: { id } } })),
  });
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['preview', id],
    queryFn: () => answerOf(api.GET('/api/v1/previews/{id}', { params: { path: { id } } })),
  });
export const lookUpQuery = (id: string) =>
  queryOptions({
    queryKey: ['look-up', id],
    queryFn: () => answerOf(api.GET('/api/v1/look-ups/{id}', { params: { path: { id } } })),
  });
export const previewMembersQuery = (id: string, change: 'add' | 'remove' | 'keep' | 'unresolved') =>
  listing(['preview-members', id, change], (page) =>
    answerOf(api.GET('/api/v1/previews/{id}/members', { params: { path: { id }, query: { change, ...page } } })),
  );
export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: () => answerOf(api.GET('/api/v1/tenants')),
});
export const upstreamsQuery = queryOptions({
  queryKey: ['upstreams'],
  queryFn: () => answerOf(api.GET('/api/v1/upstreams')),
});
export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: () => answerOf(api.GET('/api/v1/alerts')),
  // what is away may be what would tell
  refetchInterval: 10_000,
});
export const groupsQuery = (tenant: string, text: string, way: 'begins' | 'words') =>
  listing(
    ['groups', tenant, text, way],
    (page) =>
      answerOf(
        api.GET('/api/v1/tenants/{tenant}/groups', {
          params: {
            path: { tenant },
            query: { [way === 'begins' ? 'startsWith' : 'search']: text, ...page },
          },
        }),
      ),
    100,
  );
/** Groups that have a name, whole and in any case. */
export const groupsNamedQuery = (tenant: string, name: string) =>
  queryOptions({
    queryKey: ['groups', tenant, 'named', name],
    queryFn: async () => {
      const { items } = await answerOf(
        api.GET('/api/v1/tenants/{tenant}/groups', {
          params: { path: { tenant }, query: { startsWith: name, limit: 100 } },
        }),
      );
      return items.filter(({ groupName }) => groupName.toLowerCase() === name.toLowerCase());
    },
  });
interface CollectionOfGroup {
  readonly collectionId: string;
  readonly collectionType: 'Device' | 'User' | 'Other';
}
export const preflightQuery = (tenant: string, group: string, collection: CollectionOfGroup | undefined) =>
  queryOptions({
    queryKey: ['preflight', tenant, group, collection?.collectionId],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/tenants/{tenant}/groups/{group}/preflight', {
          params: {
            path: { tenant, group },
            query: collection
              ? {
                  collectionId: collection.collectionId,
                  collectionType: collection.collectionType === 'Device' ? 'device' : 'user',
                }
              : {},
          },
        }),
      ),
  });
export const relationsQuery = queryOptions({
  queryKey: ['relations'],
  queryFn: () => answerOf(api.GET('/api/v1/migration/relations')),
});
export const deadLettersQuery = listing(
  ['dead-letters'],
  (page) => answerOf(api.GET('/api/v1/dead-letters', { params: { query: page } })),
  100,
);
export const auditQuery = (filter: AuditFilter) =>
  listing(['audit', filter], (page) =>
    answerOf(api.GET('/api/v1/audit', { params: { query: { ...filter, ...page } } })),
  );
export const auditPeopleQuery = queryOptions({
  queryKey: ['audit', 'people'],
  queryFn: () => answerOf(api.GET('/api/v1/audit/people')),
});
export const auditEntryQuery = (id: number) =>
  queryOptions({
    queryKey: ['audit', 'one', id],
    queryFn: () => answerOf(api.GET('/api/v1/audit/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
  });
