import { isTenantAccount, targetOf, tenantOfAccount } from '@collection-sync/core';
import { getGroup, MeteredGraph, searchGroups, type Group } from '@collection-sync/graph';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { isoOrNull } from '../http/fields.js';
import { cursorOf, decodeCursor } from '../http/page.js';
import { invalid, notFound, type Problem } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { Mappings } from './mappings.js';
import { FOR_SOMEBODY_WHO_WAITS, preflightOf, writerWarnings } from './preflight.js';
import { findTenants, mappedGroups, productSynced } from '../store/tenants.js';
import { listTenants, listUpstreams, preflightGroup, searchGroupsOfTenant, switchTenant } from './tenants.contract.js';
import { allUpstreams, type UpstreamRow } from '../store/upstreams.js';
import { isUpstreamIn, toUpstreamAnswer } from '../show/upstream-answer.js';

@Controller()
export class TenantsController {
  constructor(
    private readonly database: Database,
    private readonly graph: MeteredGraph,
    private readonly mappings: Mappings,
  ) {}

  @Serve(listTenants)
  async list(@ReadScope() scope: Scope): Promise<AnswerOf<typeof listTenants>> {
    const rows = await findTenants(this.database, scope.toParameter(), this.graph.tenants());
    const upstreams = await allUpstreams(this.database);
    const of = (kind: string, name: string) => {
      const found = upstreams.find((upstream) => upstream.kind === kind && upstream.name === name);
      return found ? toUpstreamAnswer(found) : null;
    };
    return {
      items: rows.map((row) => ({
        tenantId: row.tenant,
        configured: this.graph.has(row.tenant),
        enabled: row.enabled,
        changedAt: isoOrNull(row.changedAt),
        changedBy: row.changedBy,
        mappings: row.mappings,
        stoppable: row.stoppable,
        stopped: row.stopped,
        directory: of('directory', row.tenant),
        budget: of('budget', row.tenant),
        budgets: budgetsOf(row.tenant, upstreams),
      })),
    };
  }

  @Serve(switchTenant)
  async switch(
    @CurrentActor() actor: Actor,
    @Input() { params, query, body }: InputOf<typeof switchTenant>,
  ): Promise<AnswerOf<typeof switchTenant>> {
    const known = await findTenants(this.database, null, this.graph.tenants());
    if (!known.some(({ tenant }) => tenant === params.tenant)) throw notFound(`Tenant ${params.tenant}`);
    const targets = await this.mappings.switchTenant(actor, params.tenant, body.enabled, query);
    return { tenantId: params.tenant, enabled: body.enabled, targets };
  }

  @Serve(searchGroupsOfTenant)
  async search(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof searchGroupsOfTenant>,
  ): Promise<AnswerOf<typeof searchGroupsOfTenant>> {
    if (query.search && query.startsWith)
      throw invalid([{ field: 'query.search', message: 'cannot be used together with startsWith' }]);
    const order = `groups ${params.tenant} ${query.startsWith} ${query.search}`;
    const skipToken = decodeCursor(query.cursor, order, ['string'])?.[0];
    const page = await searchGroups(this.client(scope, params.tenant), {
      text: query.startsWith,
      words: query.search,
      top: query.limit,
      ...(typeof skipToken === 'string' ? { skipToken } : {}),
    });
    return {
      items: await this.describe(scope, params.tenant, page.items),
      next: page.skipToken === undefined ? null : cursorOf(order, [page.skipToken]),
    };
  }

  @Serve(preflightGroup)
  async preflight(
    @CurrentActor() actor: Actor,
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof preflightGroup>,
  ): Promise<AnswerOf<typeof preflightGroup>> {
    const client = this.client(scope, params.tenant);
    const group = await getGroup(client, params.group);
    if (!group) throw notFound(`A group ${params.group} in this tenant`);
    const [answer] = await this.describe(scope, params.tenant, [group], query.collectionType);
    if (!answer) throw notFound(`A group ${params.group} in this tenant`);
    const writers = this.graph.writers(params.tenant, FOR_SOMEBODY_WHO_WAITS);
    const warnings = await writerWarnings(writers, group, query.collectionType);
    const place = { tenant: params.tenant, collection: query.collectionId };
    const refusal = await this.mappings.refusalOf(actor, place, group, client);
    const problems = [...answer.problems, ...(refusal ? [notAllowed(refusal)] : [])];
    return { ...answer, writable: problems.length === 0, problems, warnings: [...answer.warnings, ...warnings] };
  }

  @Serve(listUpstreams)
  async upstreams(@ReadScope() scope: Scope): Promise<AnswerOf<typeof listUpstreams>> {
    const upstreams = await allUpstreams(this.database);
    return { items: upstreams.filter((one) => isUpstreamIn(scope, one)).map(toUpstreamAnswer) };
  }

  private client(scope: Scope, tenant: string) {
    if (!this.graph.has(tenant) || !scope.holds({ tenant }))
      throw notFound(`Tenant ${tenant}`, 'Add it to TENANTS_FILE, or choose another tenant.');
    return this.graph.client(tenant, FOR_SOMEBODY_WHO_WAITS);
  }

  private async describe(scope: Scope, tenant: string, groups: readonly Group[], type?: 'device' | 'user') {
    const ids = groups.map(({ id }) => id);
    const mapped = await mappedGroups(
      this.database,
      ids.map((id) => targetOf(tenant, id)),
    );
    const synced = await productSynced(this.database, tenant, ids);
    return groups.map((group) => {
      const check = preflightOf(group, type);
      const taken = mapped.get(targetOf(tenant, group.id));
      const problems = [...check.problems];
      const fedBy = synced.get(group.id);
      if (fedBy !== undefined) problems.push(STILL_SYNCED(scope.holds({ collection: fedBy }) ? ` ${fedBy}` : ''));
      const shown = taken && scope.holds({ tenant, collection: taken.collection });
      if (taken && !shown) problems.push(TAKEN);
      return {
        groupId: group.id,
        groupName: group.displayName,
        description: group.description,
        writable: problems.length === 0,
        problems,
        warnings: check.warnings,
        collectionId: shown ? taken.collection : null,
        collectionMissing: shown ? taken.missing : false,
      };
    });
  }
}

/** Told each minute: one that was not for so long is of an application that is configured no longer. */
const FORGOTTEN_MS = 3_600_000;

/** The first application, the others, then the tenant as a whole. */
const budgetsOf = (tenant: string, upstreams: readonly UpstreamRow[]) => {
  const own = upstreams.filter(({ kind, name }) => kind === 'budget' && tenantOfAccount(name) === tenant);
  const latest = Math.max(...own.map(({ reportedAt }) => reportedAt.getTime()));
  const isWhole = ({ name }: UpstreamRow): number => Number(isTenantAccount(name));
  return own
    .filter(({ reportedAt }) => latest - reportedAt.getTime() < FORGOTTEN_MS)
    .sort((a, b) => isWhole(a) - isWhole(b))
    .map(toUpstreamAnswer);
};

const notAllowed = ({ message, extra }: Problem) => ({
  code: 'NotAllowed',
  message: [message, extra.advice].filter(Boolean).join(' '),
});

/** For whoever may not read of which. */
const TAKEN = {
  code: 'MappedElsewhere',
  message: 'A collection that your roles do not reach is synchronised to this group. Choose another group.',
};

const STILL_SYNCED = (collection: string) => ({
  code: 'StillSyncedByProduct',
  message: `Configuration Manager itself synchronises${collection ? ` collection${collection}` : ' a collection'} to this group. Remove the group on its Cloud Sync tab, or both will undo each other.`,
});
