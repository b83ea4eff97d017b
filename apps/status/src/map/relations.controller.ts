import { DEFAULT_POLICY, DEFAULT_SCHEDULE, targetOf } from '@collection-sync/core';
import { MeteredGraph } from '@collection-sync/graph';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { Input, Serve } from '../http/serve.js';
import { createEach } from './create-each.js';
import { Mappings } from './mappings.js';
import { findRelations, type Relation } from '../store/collections.js';
import { mappedGroups } from '../store/tenants.js';
import { listRelations, takeOver } from './relations.contract.js';

type Listed = AnswerOf<typeof listRelations>['items'][number];

@Controller()
export class RelationsController {
  constructor(
    private readonly database: Database,
    private readonly graph: MeteredGraph,
    private readonly mappings: Mappings,
  ) {}

  @Serve(listRelations)
  async list(): Promise<AnswerOf<typeof listRelations>> {
    const relations = await findRelations(this.database, this.graph.tenants());
    const targets = relations.flatMap(({ tenantId, groupId }) => (tenantId ? [targetOf(tenantId, groupId)] : []));
    const mapped = await mappedGroups(this.database, targets);
    const claims = Map.groupBy(relations, ({ tenantId, groupId }) => `${tenantId}/${groupId}`);
    return {
      items: relations.map((relation) => {
        const key = `${relation.tenantId}/${relation.groupId}`;
        const mappedCollectionId = mapped.get(key)?.collection ?? null;
        const claimed = (claims.get(key)?.length ?? 0) > 1;
        return { ...relation, mappedCollectionId, state: stateOf(relation, mappedCollectionId, claimed) };
      }),
    };
  }

  @Serve(takeOver)
  async takeOver(
    @CurrentActor() actor: Actor,
    @Input() { body }: InputOf<typeof takeOver>,
  ): Promise<AnswerOf<typeof takeOver>> {
    const { items } = await this.list();
    const wanted = body.relations;
    const chosen = wanted
      ? wanted.map(({ collectionId, groupId, tenantId }) => {
          const known = items.find((item) => item.collectionId === collectionId && item.groupId === groupId);
          return { collectionId, groupId, groupName: known?.groupName, tenantId: tenantId ?? known?.tenantId ?? '' };
        })
      : items
          .filter(({ state, tenantId }) => state === 'open' && tenantId !== null)
          .map((item) => ({ ...item, tenantId: item.tenantId ?? '' }));
    const given = chosen.map(({ collectionId, groupId, groupName, tenantId }) => ({
      tenantId,
      groupId,
      collectionId,
      ...(groupName ? { groupName } : {}),
      policy: DEFAULT_POLICY,
      schedule: DEFAULT_SCHEDULE,
      paused: body.paused,
      preflight: 'require' as const,
    }));
    return { results: await createEach(this.mappings, actor, given) };
  }
}

const stateOf = ({ collectionId }: Relation, mapped: string | null, claimed: boolean): Listed['state'] => {
  if (mapped === collectionId) return 'taken over';
  return mapped !== null || claimed ? 'conflict' : 'open';
};
