import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { guidField } from '../http/fields.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { Input, Serve } from '../http/serve.js';
import { resourcesById, resourcesByName, type ResourceRow } from '../store/resources.js';
import { toMemberAnswer } from './member-answer.js';
import { searchResources } from './resources.contract.js';

const ORDER = 'resources';
/** A number that can be a ResourceID. */
const RESOURCE = /^\d{1,15}$/;

@Controller()
export class ResourcesController {
  constructor(private readonly database: Database) {}

  @Serve(searchResources)
  async search(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof searchResources>,
  ): Promise<AnswerOf<typeof searchResources>> {
    const position = decodeCursor(query.cursor, ORDER, ['string', 'number', 'string']);
    const search = query.search.trim();
    // who is found by a whole id comes first, on the first page
    const byId = position ? [] : await this.#byId(scope, search, query.limit);
    const byName = await resourcesByName(this.database, scope.toParameter(), search, position, query.limit);
    const named = toPage(byName, query.limit, answerOf, (row) => cursorOf(ORDER, [row.sort, row.targetNo, row.key]));
    return { ...named, items: [...byId.map(answerOf), ...named.items] };
  }

  #byId(scope: Scope, search: string, limit: number): Promise<ResourceRow[]> {
    const object = guidField.safeParse(search);
    if (object.success) return resourcesById(this.database, scope.toParameter(), { object: object.data }, limit);
    return RESOURCE.test(search)
      ? resourcesById(this.database, scope.toParameter(), { resource: search }, limit)
      : Promise.resolve([]);
  }
}

const answerOf = (row: ResourceRow): AnswerOf<typeof searchResources>['items'][number] => ({
  target: row.target,
  groupName: row.groupName,
  collectionId: row.collection,
  collectionName: row.collectionName,
  member: toMemberAnswer(row, row.policy),
});
