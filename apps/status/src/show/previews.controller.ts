import { partsOfTarget, REASONS } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { refuseBelow } from '../auth/grants.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findPreview, pageOfPreview, type PreviewFound } from '../store/previews.js';
import { getPreview, listPreviewMembers } from './previews.contract.js';

@Controller()
export class PreviewsController {
  constructor(private readonly database: Database) {}

  @Serve(getPreview)
  async get(
    @CurrentActor() actor: Actor,
    @Input() { params }: InputOf<typeof getPreview>,
  ): Promise<AnswerOf<typeof getPreview>> {
    const found = await this.find(actor, params.id);
    return { ...found, at: found.at.toISOString() };
  }

  @Serve(listPreviewMembers)
  async members(
    @CurrentActor() actor: Actor,
    @Input() { params, query }: InputOf<typeof listPreviewMembers>,
  ): Promise<AnswerOf<typeof listPreviewMembers>> {
    await this.find(actor, params.id);
    const position = decodeCursor(query.cursor, 'preview', ['string', 'string', 'string']);
    const rows = await pageOfPreview(this.database, params.id, query.change, position, query.limit);
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

  private async find(actor: Actor, id: string): Promise<PreviewFound> {
    const found = await findPreview(this.database, id);
    if (!found) throw notFound(`A preview ${id}`, 'It may not have been answered yet; GET /commands/{id} tells.');
    refuseBelow(actor, 'Operator', { tenant: partsOfTarget(found.target).tenant, collection: found.collectionId });
    return found;
  }
}
