import { REASONS } from '@collection-sync/core';
import { Database, type Queryable } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, placeOf, toPage } from '../http/page.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
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

type Change = 'add' | 'remove' | 'keep' | 'unresolved';

interface PreviewFound {
  id: string;
  target: string;
  collectionId: string;
  complete: boolean;
  at: Date;
  add: number;
  remove: number;
  keep: number;
  unresolved: number;
  wouldHold: boolean;
}

const findPreview = async (on: Queryable, id: string): Promise<PreviewFound | undefined> =>
  (
    await on.query<PreviewFound>(
      `select command as id, target, collection as "collectionId", last_part is not null as complete, at, adds as add, removes as remove,
         keeps as keep, unresolved, would_hold as "wouldHold"
       from preview where command = $1`,
      [id],
    )
  )[0];

interface PreviewRow {
  key: string;
  sort: string;
  resourceId: number | null;
  objectId: string | null;
  name: string;
  change: Change;
  reason: string | null;
}

const pageOfPreview = (
  on: Queryable,
  id: string,
  change: Change | undefined,
  place: readonly (string | number | null)[] | undefined,
  limit: number,
): Promise<PreviewRow[]> =>
  on.query<PreviewRow>(
    `select key, sort, resource as "resourceId", object as "objectId", name, change, code as reason from preview_member
     where command = $1 and ($2::text is null or change = $2) and ($3::text is null or (change, sort, key) > ($3, $4, $5))
     order by change, sort, key limit $6`,
    [id, change ?? null, place?.[0] ?? null, place?.[1] ?? null, place?.[2] ?? null, limit + 1],
  );
