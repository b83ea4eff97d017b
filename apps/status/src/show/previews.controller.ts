import { REASONS } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, placeOf, toPage } from '../http/page.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findPreview, pageOfPreview } from '../store/previews.js';
import { getPreview, listPreviewMembers } from './previews.contract.js';

@Controller()
export class PreviewsController {
  constructor(private readonly database: Database) {}

  @Serve(getPreview)
  async get(@Input() { params }: InputOf<typeof getPreview>): Promise<AnswerOf<typeof getPreview>> {
    const found = await findPreview(this.database, params.id);
    if (!found)
      throw notFound(`A preview ${params.id}`, 'It may not have been answered yet; GET /commands/{id} tells.');
    return { ...found, at: found.at.toISOString() };
  }

  @Serve(listPreviewMembers)
  async members(
    @Input() { params, query }: InputOf<typeof listPreviewMembers>,
  ): Promise<AnswerOf<typeof listPreviewMembers>> {
    if (!(await findPreview(this.database, params.id))) throw notFound(`A preview ${params.id}`);
    const place = placeOf(query.cursor, 'preview', ['string', 'string', 'string']);
    const rows = await pageOfPreview(this.database, params.id, query.change, place, query.limit);
    return toPage(
      rows,
      query.limit,
      ({ resourceId, objectId, name, change, reason }) => ({
        resourceId,
        objectId,
        name,
        change,
        reason,
        advice: reason && reason in REASONS ? REASONS[reason as keyof typeof REASONS].advice : null,
      }),
      ({ change, sort, key }) => cursorOf('preview', [change, sort, key]),
    );
  }
}
