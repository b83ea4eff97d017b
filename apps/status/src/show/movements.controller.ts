import { Database } from '@collection-sync/postgres';
import { Controller, type StreamableFile } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { pageOfMovements, type GroupMovement } from '../store/movements.js';
import { findRun, scopeOfRun, type RunRow } from '../store/runs.js';
import { targetNo } from '../store/targets.js';
import { ExportFiles } from './export-files.js';
import { toMovementAnswer } from './movement-answer.js';
import { exportRunMembers, listRunMembers, movementAnswer } from './movements.contract.js';

const ORDER = 'movements';
const PAGE = 1_000;
type Filter = Parameters<typeof pageOfMovements>[3];

@Controller()
export class MovementsController {
  constructor(
    private readonly database: Database,
    private readonly files: ExportFiles,
  ) {}

  @Serve(listRunMembers)
  async list(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof listRunMembers>,
  ): Promise<AnswerOf<typeof listRunMembers>> {
    const position = decodeCursor(query.cursor, ORDER, ['number', 'string', 'string']);
    const read = await this.#readerOf(scope, params.id);
    return toPage(await read(query, position), query.limit, toMovementAnswer, (row) =>
      cursorOf(ORDER, positionOf(row)),
    );
  }

  @Serve(exportRunMembers)
  async export(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof exportRunMembers>,
  ): Promise<StreamableFile> {
    const read = await this.#readerOf(scope, params.id);
    return this.files.open<GroupMovement>({
      name: 'run-members',
      format: query.format,
      columns: Object.entries(movementAnswer.shape).map(([key, field]) => ({
        key,
        header: field.meta()?.title ?? key,
      })),
      page: (last) => read({ change: query.change, limit: PAGE }, last && positionOf(last)),
      row: toMovementAnswer,
    });
  }

  /** Runs of one group never overlap, so what moved between begin and end of a run is its doing. */
  async #readerOf(scope: Scope, id: string) {
    const run: RunRow | undefined = await findRun(this.database, id);
    if (!run || !scope.holds(scopeOfRun(run))) throw notFound(`A run ${id}`);
    const no = await targetNo(this.database, run.target);
    const between = { from: run.startedAt, to: run.endedAt };
    return (filter: Filter, position?: readonly (string | number | null)[]): Promise<GroupMovement[]> =>
      no === undefined ? Promise.resolve([]) : pageOfMovements(this.database, no, between, filter, position);
  }
}

const positionOf = ({ number, key, change }: GroupMovement): [number, string, string] => [number, key, change];
