import { targetOf } from '@collection-sync/core';
import { MeteredGraph } from '@collection-sync/graph';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { readTarget } from '../store/target-facts.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { invalid, notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { collectionFacts } from '../store/collections.js';
import { findMembers, type MemberRow } from '../store/members.js';
import { targetNo } from '../store/targets.js';
import { FOR_SOMEBODY_WHO_WAITS } from '../map/preflight.js';
import { askGraph, type Asked } from './ask-graph.js';
import { traceOf } from './trace.js';
import { whyMember } from './why.contract.js';

@Controller()
export class WhyController {
  constructor(
    private readonly database: Database,
    private readonly graph: MeteredGraph,
  ) {}

  @Serve(whyMember)
  async why(@Input() { params, query }: InputOf<typeof whyMember>): Promise<AnswerOf<typeof whyMember>> {
    if ([query.resource, query.name, query.object].filter((given) => given !== undefined).length !== 1) {
      throw invalid([{ field: 'query', message: 'name exactly one of resource, name and object' }]);
    }
    const target = targetOf(params.tenant, params.group);
    const facts = await readTarget(this.database, target);
    if (!facts) throw notFound(`A mapping of ${target}`);
    const collection = await collectionFacts(this.database, facts.collection);
    const no = await targetNo(this.database, target);
    const rows = no === undefined ? [] : await findMembers(this.database, no, query);
    const asked = query.graph ? await this.#ask(params, query.object, rows) : undefined;
    const graphOf = (object: string | null | undefined): Asked | null => (object && asked?.get(object)) || null;
    if (rows.length === 0) return { traces: [traceOf(facts, collection, undefined, graphOf(query.object))] };
    return { traces: rows.map((row) => traceOf(facts, collection, row, graphOf(row.object))) };
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
