import { Readable } from 'node:stream';
import { targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller, StreamableFile } from '@nestjs/common';
import { stringify, type Options } from 'csv-stringify';
import { collectionRow } from './collections.contract.js';
import { streamOverview } from '../store/overview.js';
import { toCollectionRow } from './collection-row.js';
import type { InputOf } from '../http/contract.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findMapping } from '../store/mappings.js';
import { streamMembers } from '../store/members.js';
import { targetNo } from '../store/targets.js';
import { toMemberAnswer } from './member-answer.js';
import { memberAnswer } from './members.contract.js';
import { exportCollections, exportMembers } from './export.contract.js';

type Row = Record<string, unknown>;

/** Files of any size: rows come through a cursor and leave as they come. */
@Controller()
export class ExportController {
  constructor(private readonly database: Database) {}

  @Serve(exportCollections)
  collections(@Input() { query }: InputOf<typeof exportCollections>): StreamableFile {
    const rows = streamOverview(this.database);
    const columns = Object.entries(collectionRow.shape).map(([key, field]) => ({
      key,
      header: field.meta()?.title ?? key,
    }));
    return file('collections', query.format, columns, each(rows, toCollectionRow));
  }

  @Serve(exportMembers)
  async members(@Input() { params, query }: InputOf<typeof exportMembers>): Promise<StreamableFile> {
    const target = targetOf(params.tenant, params.group);
    if (!(await findMapping(this.database, target))) throw notFound(`A mapping of ${target}`);
    const no = (await targetNo(this.database, target)) ?? 0;
    const rows = streamMembers(this.database, no);
    const columns = Object.keys(memberAnswer.shape).map((key) => ({ key, header: key }));
    return file('members', query.format, columns, each(rows, toMemberAnswer));
  }
}

async function* each<R>(batches: AsyncIterable<R[]>, item: (row: R) => Row): AsyncGenerator<Row> {
  for await (const batch of batches) for (const row of batch) yield item(row);
}

async function* jsonLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const file = (
  name: string,
  format: 'csv' | 'json',
  columns: Options['columns'],
  rows: AsyncIterable<Row>,
): StreamableFile => {
  const disposition = `attachment; filename="${name}.${format}"`;
  if (format === 'json')
    return new StreamableFile(Readable.from(jsonLines(rows)), { type: 'application/json', disposition });
  // names come from the directory: none of them may become a formula of a spreadsheet
  const csv = stringify({ header: true, columns, escape_formulas: true, bom: true, cast: { boolean: String } });
  const source = Readable.from(rows);
  source.on('error', (error) => csv.destroy(error));
  return new StreamableFile(source.pipe(csv), { type: 'text/csv; charset=utf-8', disposition });
};
