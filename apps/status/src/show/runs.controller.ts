import { guardVerdict, targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeMomentCursor, toPage } from '../http/page.js';
import { invalid, notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findRun, pageOfRuns, scopeOfRun, timelineOf } from '../store/runs.js';
import { toRunAnswer } from './run-answer.js';
import { getRun, listRuns } from './runs.contract.js';

@Controller()
export class RunsController {
  constructor(private readonly database: Database) {}

  @Serve(listRuns)
  async list(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof listRuns>,
  ): Promise<AnswerOf<typeof listRuns>> {
    if (query.groupId && !query.tenantId)
      throw invalid([{ field: 'query.tenantId', message: 'is needed beside groupId' }]);
    const target = query.groupId && query.tenantId ? targetOf(query.tenantId, query.groupId) : undefined;
    const rows = await pageOfRuns(
      this.database,
      scope.toParameter(),
      query,
      target,
      decodeMomentCursor(query.cursor, 'started'),
    );
    return toPage(rows, query.limit, toRunAnswer, ({ startedAt, id }) =>
      cursorOf('started', [startedAt.toISOString(), id]),
    );
  }

  @Serve(getRun)
  async get(@ReadScope() scope: Scope, @Input() { params }: InputOf<typeof getRun>): Promise<AnswerOf<typeof getRun>> {
    const row = await findRun(this.database, params.id);
    if (!row || !scope.holds(scopeOfRun(row))) throw notFound(`A run ${params.id}`);
    const timeline = await timelineOf(this.database, params.id);
    // an incremental run does what its content left to do, so the guard judged that content
    const merged = guardVerdict.safeParse(timeline.find(({ event }) => event === 'merged')?.detail['guard']);
    const guard = row.guard ?? merged.data ?? null;
    return {
      run: toRunAnswer({ ...row, guard }),
      timeline: timeline.map((step) => ({ ...step, at: step.at.toISOString() })),
    };
  }
}
