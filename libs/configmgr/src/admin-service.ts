import {
  AppError,
  asAppError,
  storableText,
  type CollectionNow,
  type CollectionType,
  type MembershipSource,
  type Named,
  type SourceCollection,
  type SourceFound,
  type SourceMember,
  type SourcePage,
  type SourceRelation,
  type SourceResource,
} from '@collection-sync/core';
import { MEMBER, RESOURCE } from './classes.js';
import { quoted, textField, type Row } from './fields.js';
import { findResources } from './find-resources.js';
import { Lists, type Page } from './lists.js';
import type { AdminServiceOptions } from './options.js';
import { isRefusal, Refusals } from './refusals.js';
import { isCollectionId, resourceId, siteCollection, siteMember, siteRelation, siteResource } from './shapes.js';
import { SiteClient, type SiteAnswer } from './site-client.js';

const COLLECTION = [
  'CollectionID',
  'Name',
  'Comment',
  'CollectionType',
  'MemberCount',
  'LastMemberChangeTime',
  'CurrentStatus',
];
const pageOf = <T>({ rows, ordered }: Page, read: (row: Row) => T | undefined): SourcePage<T> => {
  const items: T[] = [];
  let example: string | undefined;
  for (const row of rows) {
    const item = read(row);
    if (item === undefined) example ??= storableText(JSON.stringify(row), 200);
    else items.push(item);
  }
  return { items, rows: rows.length, leftOut: rows.length - items.length, ordered, ...(example ? { example } : {}) };
};

const resourcesOf = (
  kind: CollectionType,
  rows: readonly Row[],
  ids: readonly number[],
): SourcePage<SourceResource> => {
  const wanted = new Set(ids);
  const page = pageOf({ rows, ordered: true }, (row) => siteResource(kind, row));
  return { ...page, items: page.items.filter(({ resource }) => wanted.has(resource)) };
};

/** What capture reads of a Configuration Manager site, through its AdminService. It only reads. */
export class AdminService implements MembershipSource {
  readonly kind = 'configmgr';
  readonly address: string;
  readonly #client: SiteClient;
  readonly #lists: Lists;
  /** classes that do not answer a filter with `or` */
  readonly #oneByOne = new Refusals();
  readonly #pageRows: number;

  constructor(options: AdminServiceOptions) {
    this.address = new URL(options.url).host;
    this.#client = new SiteClient(options);
    this.#lists = new Lists(this.#client);
    this.#pageRows = options.pageRows ?? 2_000;
  }

  isCollectionId(id: string): boolean {
    return isCollectionId(id);
  }

  /** The code of the site, such as `ABC`. */
  async name(signal?: AbortSignal): Promise<string> {
    const { rows } = await this.#client.get('SMS_Identification', {}, signal).catch((cause: unknown) => {
      if (!isRefusal(cause)) throw cause;
      throw new AppError('SOURCE_ACCESS_DENIED', asAppError(cause).message, { cause });
    });
    const code = rows[0] && textField(rows[0], 'ThisSiteCode');
    if (!code) throw new AppError('SOURCE_ANSWER_UNREADABLE', 'SMS_Identification: the site does not state its code');
    return code;
  }

  /** Every collection that the account may see, in the order of their ids. */
  async *collections(signal?: AbortSignal): AsyncGenerator<SourcePage<SourceCollection>> {
    const pages = this.#lists.pages(
      {
        path: 'SMS_Collection',
        key: 'CollectionID',
        keyOf: (row) => textField(row, 'CollectionID')?.toUpperCase(),
        select: COLLECTION,
        literal: quoted,
        pageRows: this.#pageRows,
      },
      signal,
    );
    for await (const page of pages) {
      yield pageOf(page, siteCollection);
    }
  }

  /** One collection; undefined when the site shows none by this id, which may also mean that the account must not see it. */
  async collection(id: string, signal?: AbortSignal): Promise<CollectionNow | undefined> {
    const { rows, at } = await this.#keyed(`SMS_Collection(${quoted(id)})`, 'SMS_Collection', id, signal);
    const collection = rows.map(siteCollection).find((each) => each?.id === id);
    return collection && { ...collection, sourceTime: at ?? null };
  }

  /** Members in the order of their ResourceID, to the last page. The site names no Entra ids here. */
  async *members(collection: string, signal?: AbortSignal): AsyncGenerator<SourcePage<SourceMember>> {
    const pages = this.#lists.pages(
      {
        path: 'SMS_FullCollectionMembership',
        key: 'ResourceID',
        keyOf: resourceId,
        select: MEMBER,
        filter: `CollectionID eq ${quoted(collection)}`,
        literal: String,
        pageRows: this.#pageRows,
      },
      signal,
    );
    for await (const page of pages) {
      yield pageOf(page, siteMember);
    }
  }

  /** Whether the site shows this one member, asked by its key. */
  async isMember(collection: string, resource: number, signal?: AbortSignal): Promise<boolean> {
    const { rows } = await this.#client.get(
      'SMS_FullCollectionMembership',
      {
        $filter: `CollectionID eq ${quoted(collection)} and ResourceID eq ${resource}`,
        $select: MEMBER.join(','),
        $top: 1,
      },
      signal,
    );
    return rows.some((row) => resourceId(row) === resource);
  }

  /**
   * Identities of these resources, in one request where the site answers a filter of several keys; those that the site does not show are
   * left out. Some sites refuse such a filter with an error, others with an empty list.
   */
  async resources(
    kind: CollectionType,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<SourcePage<SourceResource>> {
    const { path } = RESOURCE[kind];
    if (ids.length > 1 && !this.#oneByOne.has(path)) {
      const together = await this.#filtered(kind, ids, signal).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        return undefined;
      });
      if (together && (together.length > 0 || !(await this.#showsOneOf(kind, ids, signal))))
        return resourcesOf(kind, together, ids);
      this.#oneByOne.add(path);
    }
    const each = await Promise.all(ids.map((id) => this.#resource(kind, id, signal)));
    return resourcesOf(kind, each.flat(), ids);
  }

  find(kind: CollectionType, named: Named, collection: string, signal?: AbortSignal): Promise<SourceFound[]> {
    return findResources(this.#client, kind, { named, collection, signal });
  }

  /** Every device or user of the site, in the order of their ResourceID. */
  async *allResources(
    kind: CollectionType,
    signal?: AbortSignal,
    from?: number,
  ): AsyncGenerator<SourcePage<SourceResource>> {
    const { path, select } = RESOURCE[kind];
    const pages = this.#lists.pages(
      {
        path,
        select,
        key: 'ResourceId',
        keyOf: resourceId,
        literal: String,
        pageRows: this.#pageRows,
        ...(from === undefined ? {} : { from }),
      },
      signal,
    );
    for await (const page of pages) {
      yield pageOf(page, (row) => siteResource(kind, row));
    }
  }

  /** The relations that the product's own cloud sync keeps. */
  async relations(signal?: AbortSignal): Promise<SourceRelation[]> {
    const { rows } = await this.#client.get(
      'SMS_CollectionAADGroupMapping',
      { $select: 'AADGroupID,AADGroupName,CollectionSiteID' },
      signal,
    );
    return rows.flatMap((row) => siteRelation(row) ?? []);
  }

  /** Forms of questions that the site was found to refuse, by class: what it is asked in another way then. */
  refused(): { readonly comparisons: string[]; readonly or: string[] } {
    return { comparisons: this.#lists.readByPosition(), or: this.#oneByOne.all() };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #filtered(kind: CollectionType, ids: readonly number[], signal?: AbortSignal): Promise<readonly Row[]> {
    const { path, select } = RESOURCE[kind];
    const $filter = ids.map((id) => `ResourceId eq ${id}`).join(' or ');
    return (await this.#client.get(path, { $filter, $select: select.join(',') }, signal)).rows;
  }

  /** A key that is refused may be one that does not exist, or a form of question that the site does not know. */
  async #resource(kind: CollectionType, id: number, signal?: AbortSignal): Promise<readonly Row[]> {
    const { path, select } = RESOURCE[kind];
    try {
      return (await this.#client.get(`${path}(${id})`, { $select: select.join(',') }, signal)).rows;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.#filtered(kind, [id], signal);
    }
  }

  async #showsOneOf(kind: CollectionType, ids: readonly number[], signal?: AbortSignal): Promise<boolean> {
    const ends = [...new Set([ids[0], ids.at(-1)])].filter((id) => id !== undefined);
    const shown = await Promise.all(ends.map((id) => this.#resource(kind, id, signal)));
    return shown.some((rows) => rows.length > 0);
  }

  /** A refused key has many meanings, so it is asked again as a filter, whose empty list has fewer. */
  async #keyed(path: string, list: string, id: string, signal?: AbortSignal): Promise<SiteAnswer> {
    const $select = COLLECTION.join(',');
    try {
      return await this.#client.get(path, { $select }, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.#client.get(list, { $filter: `CollectionID eq ${quoted(id)}`, $select }, signal);
    }
  }
}
