import { targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller, type StreamableFile } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import { collectionRow } from './collections.contract.js';
import type { InputOf } from '../http/contract.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findMapping } from '../store/mappings.js';
import { pageOfMembers, type MemberRow } from '../store/members.js';
import { pageOfOverview, type OverviewRow } from '../store/overview.js';
import { targetNo } from '../store/targets.js';
import { toCollectionRow } from './collection-row.js';
import { ExportFiles } from './export-files.js';
import { exportCollections, exportMembers } from './export.contract.js';
import { toMemberAnswer } from './member-answer.js';
import { memberAnswer } from './members.contract.js';
import { reportedAs } from './reported.js';

const PAGE = 1_000;

@Controller()
export class ExportController {
  constructor(
    private readonly database: Database,
    private readonly files: ExportFiles,
  ) {}

  @Serve(exportCollections)
  collections(@ReadScope() scope: Scope, @Input() { query }: InputOf<typeof exportCollections>): StreamableFile {
    const { format, columns, ...filter } = query;
    const chosen = columns?.split(',');
    return this.files.open<OverviewRow>({
      name: 'collections',
      format,
      columns: Object.entries(collectionRow.shape)
        .filter(([key]) => chosen?.includes(key) ?? true)
        .map(([key, field]) => ({ key, header: field.meta()?.title ?? key })),
      page: (last) =>
        pageOfOverview(
          this.database,
          scope.toParameter(),
          { ...filter, limit: PAGE },
          last && [last.sortedBy, last.collection, last.target],
        ),
      row: toCollectionRow,
    });
  }

  @Serve(exportMembers)
  async members(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof exportMembers>,
  ): Promise<StreamableFile> {
    const target = targetOf(params.tenant, params.group);
    const mapping = await findMapping(this.database, target);
    if (!mapping || !scope.holds(mapping)) throw notFound(`A mapping of ${target}`);
    const no = await targetNo(this.database, target);
    const filter = { ...query, ...(await reportedAs(this.database, target, mapping.policy, query.state)), limit: PAGE };
    return this.files.open<MemberRow>({
      name: 'members',
      format: query.format,
      columns: Object.keys(memberAnswer.shape).map((key) => ({ key, header: headingOf(key) })),
      page: async (last) =>
        no === undefined ? [] : pageOfMembers(this.database, no, filter, last && [last.sort, last.key]),
      row: (row) => toMemberAnswer(row, mapping.policy),
    });
  }
}

/** A field's name as a heading: `graphRequestId` is Graph Request Id. */
const headingOf = (field: string): string =>
  field.replaceAll(/([A-Z])/g, ' $1').replace(/^./, (first) => first.toUpperCase());
