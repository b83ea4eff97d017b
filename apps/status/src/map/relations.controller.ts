import { DEFAULT_POLICY, DEFAULT_SCHEDULE, targetOf } from '@collection-sync/core';
import { MeteredGraph } from '@collection-sync/graph';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { ReadScope, Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { Input, Serve } from '../http/serve.js';
import { Problem } from '../http/problem.js';
import { createOne } from './create-each.js';
import { Mappings, type Condition } from './mappings.js';
import { findRelations, type Relation } from '../store/collections.js';
import { mappedGroups } from '../store/tenants.js';
import { listRelations, takeOver } from './relations.contract.js';

type Result = AnswerOf<typeof takeOver>['results'][number];
type Listed = AnswerOf<typeof listRelations>['items'][number];

@Controller()
export class RelationsController {
  constructor(
    private readonly database: Database,
    private readonly graph: MeteredGraph,
    private readonly mappings: Mappings,
  ) {}

  @Serve(listRelations)
  async list(@ReadScope() scope: Scope): Promise<AnswerOf<typeof listRelations>> {
    const relations = await findRelations(this.database, scope.toParameter(), this.graph.tenants());
    const targets = relations.flatMap(({ tenantId, groupId }) => (tenantId ? [targetOf(tenantId, groupId)] : []));
    const mapped = await mappedGroups(this.database, targets);
    const claims = Map.groupBy(
      relations.filter(({ missing }) => !missing),
      ({ tenantId, groupId }) => `${tenantId}/${groupId}`,
    );
    return {
      items: relations.map((relation) => {
        const key = `${relation.tenantId}/${relation.groupId}`;
        const mappedCollectionId = mapped.get(key)?.collection ?? null;
        const claimed = (claims.get(key)?.length ?? 0) > 1;
        const { checkedAt, ...known } = relation;
        const state = stateOf(relation, mappedCollectionId, claimed);
        return { ...known, asOf: checkedAt.toISOString(), mappedCollectionId, state };
      }),
    };
  }

  @Serve(takeOver)
  async takeOver(
    @CurrentActor() actor: Actor,
    @Input() { query, body }: InputOf<typeof takeOver>,
  ): Promise<AnswerOf<typeof takeOver>> {
    const { items } = await this.list(new Scope(actor));
    const chosen: Chosen[] = body.relations
      ? body.relations.map((given) => ({ ...given, known: items.find((item) => isSame(item, given)) }))
      : items.filter(({ state }) => state !== 'taken over').map((known) => ({ ...known, known }));
    const results: Result[] = [];
    for (const one of chosen) results.push(await this.takeOverOne(actor, one, body.paused, query, !body.relations));
    return { results };
  }

  /** @param all nobody chose between relations that claim one group */
  private async takeOverOne(
    actor: Actor,
    { collectionId, groupId, known, ...given }: Chosen,
    paused: boolean,
    condition: Condition,
    all: boolean,
  ): Promise<Result> {
    const tenantId = given.tenantId ?? known?.tenantId ?? null;
    const relation = {
      target: `${tenantId ?? '?'}/${groupId}`,
      collectionId,
      collectionName: known?.collectionName ?? '',
      groupId,
      groupName: known?.groupName ?? '',
      asOf: known?.asOf ?? null,
      notes: [],
    };
    const refused = refusalOf(known, tenantId, all);
    if (refused || tenantId === null) {
      const { status, title, detail, advice } = (refused ?? noTenant()).document();
      return { ...relation, status, problem: { title, detail, advice } };
    }
    const create = {
      tenantId,
      groupId,
      collectionId,
      policy: DEFAULT_POLICY,
      schedule: DEFAULT_SCHEDULE,
      paused,
      preflight: 'require' as const,
    };
    const result = await createOne(this.mappings, actor, create, condition);
    const name = result.mapping?.groupName;
    const notes =
      known && name !== undefined && name !== known.groupName
        ? [`The group is named ${name} in Entra now; Configuration Manager knows it as ${known.groupName}.`]
        : [];
    return { ...relation, ...result, notes };
  }
}

interface Chosen {
  readonly collectionId: string;
  readonly groupId: string;
  readonly tenantId?: string | null;
  readonly known: Listed | undefined;
}

const isSame = (item: Listed, given: { collectionId: string; groupId: string }): boolean =>
  item.collectionId === given.collectionId && item.groupId === given.groupId;

const noTenant = (): Problem =>
  new Problem(422, 'The site does not say which tenant the group is in, and several are configured.', {
    advice: 'Map the collection to the group by hand, in its tenant.',
  });

const refusalOf = (known: Listed | undefined, tenantId: string | null, all: boolean): Problem | undefined => {
  if (tenantId === null) return noTenant();
  if (known?.missing) {
    return new Problem(422, `The site does not list the collection ${known.collectionId} any more.`, {
      advice: 'Take the relation off in Configuration Manager; there is nothing to synchronise.',
    });
  }
  if (all && known?.state === 'conflict' && known.mappedCollectionId === null) {
    return new Problem(409, `Several collections claim the group ${known.groupName}.`, {
      advice: 'A group has one collection: take over the one relation that is to stay.',
    });
  }
  return undefined;
};

const stateOf = ({ collectionId }: Relation, mapped: string | null, claimed: boolean): Listed['state'] => {
  if (mapped === collectionId) return 'taken over';
  return mapped !== null || claimed ? 'conflict' : 'open';
};
