import { targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findMapping } from '../store/mappings.js';
import { pageOfMembers } from '../store/members.js';
import { targetNo } from '../store/targets.js';
import { toMemberAnswer } from './member-answer.js';
import { listMembers } from './members.contract.js';
import { reportedAs } from './reported.js';

@Controller()
export class MembersController {
  constructor(private readonly database: Database) {}

  @Serve(listMembers)
  async list(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof listMembers>,
  ): Promise<AnswerOf<typeof listMembers>> {
    const target = targetOf(params.tenant, params.group);
    const order = `name ${query.order}`;
    const position = decodeCursor(query.cursor, order, ['string', 'string']);
    const mapping = await findMapping(this.database, target);
    if (!mapping || !scope.holds(mapping)) throw notFound(`A mapping of ${target}`);
    const no = await targetNo(this.database, target);
    const rows =
      no === undefined
        ? []
        : await pageOfMembers(
            this.database,
            no,
            { ...query, ...(await reportedAs(this.database, target, mapping.policy, query.state)) },
            position,
          );
    return toPage(
      rows,
      query.limit,
      (row) => toMemberAnswer(row, mapping.policy),
      ({ sort, key }) => cursorOf(order, [sort, key]),
    );
  }
}
