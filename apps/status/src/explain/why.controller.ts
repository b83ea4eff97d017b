import { targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { readTarget } from '../store/target-facts.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { invalid, notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { collectionFacts } from '../store/collections.js';
import { findMembers } from '../store/members.js';
import { targetNo } from '../store/targets.js';
import { traceOf } from './trace.js';
import { whyMember } from './why.contract.js';

@Controller()
export class WhyController {
  constructor(private readonly database: Database) {}

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
    const traces =
      rows.length > 0 ? rows.map((row) => traceOf(facts, collection, row)) : [traceOf(facts, collection, undefined)];
    return { traces };
  }
}
