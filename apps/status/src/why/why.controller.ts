import { targetOf } from '@collection-sync/core';
import { Database, type Queryable } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { readTarget } from '../collections/read-target.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { invalid, notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { MEMBER_COLUMNS, targetNo, type MemberRow } from '../members/member-page.js';
import { traceOf, type CollectionFacts } from './trace.js';
import { whyMember } from './why.contract.js';

const MOST = 10;

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

const findMembers = (
  on: Queryable,
  no: number,
  { resource, name, object }: { resource?: number; name?: string; object?: string },
) =>
  on.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from member where target_no = $1
       and case when $2::text is not null then sort = $2 when $3::text is not null then object = $3 else key = $4::text or resource = $5::bigint end
     order by wanted desc, key limit ${MOST}`,
    [no, name?.toLowerCase() ?? null, object ?? null, resource?.toString() ?? null, resource ?? null],
  );

const collectionFacts = async (on: Queryable, collection: string): Promise<CollectionFacts | undefined> =>
  (
    await on.query<CollectionFacts>(
      `select name, state, version, checked_at as "checkedAt", last_read ->> 'why' as why,
         (last_complete ->> 'at')::timestamptz as "completeAt", (last_complete ->> 'rows')::bigint as rows
       from collection where collection = $1`,
      [collection],
    )
  )[0];
