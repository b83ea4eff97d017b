import { targetOf } from '@collection-sync/core';
import { MeteredGraph } from '@collection-sync/graph';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import { readTarget } from '../store/target-facts.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { invalid, notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { collectionFacts } from '../store/collections.js';
import { findMembers, type MemberRow } from '../store/members.js';
import { movementsOf } from '../store/movements.js';
import { resourcesNamed } from '../store/resources.js';
import { toMemberEvents } from '../show/movement-answer.js';
import { targetNo } from '../store/targets.js';
import { FOR_SOMEBODY_WHO_WAITS } from '../map/preflight.js';
import { askGraph, type Asked } from './ask-graph.js';
import { traceOf, type Background, type Trace } from './trace.js';
import { whyMember } from './why.contract.js';

const MOST = 20;

@Controller()
export class WhyController {
  constructor(
    private readonly database: Database,
    private readonly graph: MeteredGraph,
  ) {}

  @Serve(whyMember)
  async why(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof whyMember>,
  ): Promise<AnswerOf<typeof whyMember>> {
    if ([query.resource, query.name, query.object].filter((given) => given !== undefined).length !== 1) {
      throw invalid([{ field: 'query', message: 'name exactly one of resource, name and object' }]);
    }
    const target = targetOf(params.tenant, params.group);
    const facts = await readTarget(this.database, target);
    if (!facts || !scope.holds({ tenant: params.tenant, collection: facts.collection }))
      throw notFound(`A mapping of ${target}`);
    const collection = await collectionFacts(this.database, facts.collection);
    const no = await targetNo(this.database, target);
    const rows = no === undefined ? [] : await findMembers(this.database, no, query);
    const asked = query.graph ? await this.#ask(params, query.object, rows) : undefined;
    const graphOf = (object: string | null | undefined): Asked | null => (object && asked?.get(object)) || null;
    const background = (name: string | undefined) => this.#background(scope, facts.collection, no, name);
    if (rows.length === 0)
      return {
        traces: [traceOf(facts, collection, undefined, graphOf(query.object), await background(query.name))],
      };
    const traces: Trace[] = [];
    for (const row of rows)
      traces.push(traceOf(facts, collection, row, graphOf(row.object), await background(row.name)));
    return { traces };
  }

  async #background(
    scope: Scope,
    collection: string,
    no: number | undefined,
    name: string | undefined,
  ): Promise<Background> {
    if (!name) return { elsewhere: [], timeline: [] };
    const timeline = no === undefined ? [] : await movementsOf(this.database, no, name, MOST);
    const known = await resourcesNamed(this.database, scope.toParameter(), name, MOST);
    const elsewhere = known
      .filter((row) => row.wanted && row.collection !== collection)
      .map((row) => ({
        collectionId: row.collection,
        collectionName: row.collectionName,
        groupName: row.groupName,
      }));
    return { elsewhere, timeline: toMemberEvents(timeline) };
  }

  #ask(
    { tenant, group }: { tenant: string; group: string },
    named: string | undefined,
    rows: readonly MemberRow[],
  ): Promise<Map<string, Asked>> {
    const objects = [named, ...rows.map(({ object }) => object)].filter((object) => typeof object === 'string');
    return askGraph(this.graph.client(tenant, FOR_SOMEBODY_WHO_WAITS), group, objects);
  }
}
