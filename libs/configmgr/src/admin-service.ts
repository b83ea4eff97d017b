import { AppError, type CollectionType } from '@collection-sync/core';
import { quoted, textField, type Row } from './fields.js';
import { keysetPages, type Page } from './keyset.js';
import type { AdminServiceOptions } from './options.js';
import {
  resourceId,
  siteCollection,
  siteMember,
  siteRelation,
  siteResource,
  type CollectionNow,
  type SiteCollection,
  type SiteMember,
  type SiteRelation,
  type SiteResource,
} from './shapes.js';
import { SiteClient, type SiteAnswer } from './site-client.js';

export interface PageOf<T> {
  readonly items: readonly T[];
  /** rows of the page, also those that could not be understood */
  readonly rows: number;
  /** every row was understood and came in the order asked for */
  readonly sound: boolean;
}

const COLLECTION = [
  'CollectionID',
  'Name',
  'Comment',
  'CollectionType',
  'MemberCount',
  'LastMemberChangeTime',
  'CurrentStatus',
];
const MEMBER = ['ResourceID', 'ResourceType', 'Name'];
const RESOURCE = {
  device: { path: 'SMS_R_System', select: ['ResourceId', 'Name', 'AADDeviceID', 'AADTenantID'] },
  user: {
    path: 'SMS_R_User',
    select: ['ResourceId', 'Name', 'AADUserID', 'AADTenantID', 'SID', 'UserPrincipalName'],
  },
} as const;

const pageOf = <T>({ rows, ordered }: Page, read: (row: Row) => T | undefined): PageOf<T> => {
  const items = rows.flatMap((row) => read(row) ?? []);
  return { items, rows: rows.length, sound: ordered && items.length === rows.length };
};

/** What capture reads of a Configuration Manager site, through its AdminService. It only reads. */
export class AdminService {
  readonly #client: SiteClient;
  readonly #pageRows: number;

  constructor(options: AdminServiceOptions) {
    this.#client = new SiteClient(options);
    this.#pageRows = options.pageRows ?? 2_000;
  }

  /** The code of the site, such as `ABC`. */
  async siteCode(signal?: AbortSignal): Promise<string> {
    const { rows } = await this.#client.get('SMS_Identification', {}, signal);
    const code = rows[0] && textField(rows[0], 'ThisSiteCode');
    if (!code) throw new AppError('SITE_ANSWER_UNREADABLE', 'SMS_Identification: the site does not tell its code');
    return code;
  }

  /** Every collection that the account may see, in the order of their ids. */
  async *collections(signal?: AbortSignal): AsyncGenerator<PageOf<SiteCollection>> {
    const pages = keysetPages(
      this.#client,
      {
        path: 'SMS_Collection',
        key: 'CollectionID',
        keyOf: (row) => textField(row, 'CollectionID'),
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
    return collection && { ...collection, siteTime: at ?? null };
  }

  /** Members in the order of their ResourceID, to the last page. The site names no Entra ids here. */
  async *members(collection: string, signal?: AbortSignal): AsyncGenerator<PageOf<SiteMember>> {
    const pages = keysetPages(
      this.#client,
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

  /** Identities of these resources, asked for by their keys in one request; those that the site does not show are left out. */
  async resources(kind: CollectionType, ids: readonly number[], signal?: AbortSignal): Promise<SiteResource[]> {
    try {
      return await this.#resources(kind, ids, signal);
    } catch (error) {
      // a site that refuses the long filter is asked for each
      if (ids.length < 2 || !(error instanceof AppError) || error.code !== 'SITE_REQUEST_REFUSED') throw error;
      return (await Promise.all(ids.map((id) => this.#resources(kind, [id], signal)))).flat();
    }
  }

  /** Every device or user of the site, in the order of their ResourceID. */
  async *allResources(kind: CollectionType, signal?: AbortSignal, from?: number): AsyncGenerator<PageOf<SiteResource>> {
    const { path, select } = RESOURCE[kind];
    const pages = keysetPages(
      this.#client,
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
  async productRelations(signal?: AbortSignal): Promise<SiteRelation[]> {
    const { rows } = await this.#client.get(
      'SMS_CollectionAADGroupMapping',
      { $select: 'AADGroupID,AADGroupName,CollectionSiteID' },
      signal,
    );
    return rows.flatMap((row) => siteRelation(row) ?? []);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #resources(kind: CollectionType, ids: readonly number[], signal?: AbortSignal): Promise<SiteResource[]> {
    const { path, select } = RESOURCE[kind];
    const wanted = new Set(ids);
    const { rows } = await this.#client.get(
      path,
      {
        $filter: ids.map((id) => `ResourceId eq ${id}`).join(' or '),
        $select: select.join(','),
        $orderby: 'ResourceId',
      },
      signal,
    );
    return rows.flatMap((row) => siteResource(kind, row) ?? []).filter(({ resource }) => wanted.has(resource));
  }

  /** A refused key has many meanings, so it is asked again as a filter, whose empty list has fewer. */
  async #keyed(path: string, list: string, id: string, signal?: AbortSignal): Promise<SiteAnswer> {
    const $select = COLLECTION.join(',');
    try {
      return await this.#client.get(path, { $select }, signal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SITE_REQUEST_REFUSED') throw error;
      return this.#client.get(list, { $filter: `CollectionID eq ${quoted(id)}`, $select }, signal);
    }
  }
}
