import type { SiteMembership } from '../events/look-up.js';
import type { Identity, ResourceKind } from '../events/membership-delta.js';
import type { CollectionId, CollectionType, ListedCollectionType } from '../vocabulary.js';

/** Rows that a source sent together. */
export interface SourcePage<T> {
  readonly items: readonly T[];
  /** rows of the page, also those that could not be understood */
  readonly rows: number;
  /** rows that could not be understood, and the first of them */
  readonly leftOut: number;
  readonly example?: string;
  /** the rows came with their keys, in the order of these */
  readonly ordered: boolean;
}

export interface SourceCollection {
  readonly id: CollectionId;
  readonly name: string;
  readonly comment: string;
  readonly type: ListedCollectionType;
  /** members that the source states; null when it does not. With `changedAt` the mark by which a change shows */
  readonly count: number | null;
  /** when the source says that members changed last; null for never */
  readonly changedAt: Date | null;
  /** the source works on the collection right now: rows may be missing */
  readonly evaluating: boolean;
}

/** One collection, and the source's own time when it was asked; null when it does not tell. */
export interface CollectionNow extends SourceCollection {
  readonly sourceTime: Date | null;
}

export interface SourceMember {
  readonly resource: number;
  readonly kind: ResourceKind;
  readonly name: string;
}

export interface SourceResource {
  readonly resource: number;
  readonly name: string;
  readonly identity: Identity;
}

/** One that was asked for, and what a collection has to do with it. */
export interface SourceFound extends SourceResource {
  readonly obsolete?: boolean;
  readonly client?: boolean;
  readonly membership: SiteMembership;
}

export type Named = { readonly resource: number } | { readonly name: string };

/** A group that the source's own synchronisation keeps. */
export interface SourceRelation {
  readonly collection: CollectionId;
  readonly group: string;
  readonly groupName: string;
}

/**
 * Where collections and their members come from. It only reads. Whatever it cannot understand it leaves out and counts; whatever it cannot
 * know it rejects with a SOURCE_ code: unknown is never empty. Ids of collections are its own, and opaque to everybody else.
 */
export interface MembershipSource {
  /** what kind of source it is, such as `configmgr` */
  readonly kind: string;
  /** where it is, such as a host: what people know it by until it has stated its name */
  readonly address: string;
  /** Whether this has the form of an id of its collections. */
  isCollectionId(id: string): boolean;
  /** The name of the installation, such as a site code: a database belongs to one. */
  name(signal?: AbortSignal): Promise<string>;
  /** Every collection that the account may see, each with the mark of its last change. */
  collections(signal?: AbortSignal): AsyncIterable<SourcePage<SourceCollection>>;
  /** One collection; undefined when none is shown by this id, which may also mean that the account must not see it. */
  collection(id: CollectionId, signal?: AbortSignal): Promise<CollectionNow | undefined>;
  /** Its members in the order of their ids, to the last page. A read is proven by them and by the collection before and after. */
  members(collection: CollectionId, signal?: AbortSignal): AsyncIterable<SourcePage<SourceMember>>;
  /** Whether this one member is shown, asked by its key. */
  isMember(collection: CollectionId, resource: number, signal?: AbortSignal): Promise<boolean>;
  /** Identities of these resources; those that are not shown are left out. */
  resources(kind: CollectionType, ids: readonly number[], signal?: AbortSignal): Promise<SourcePage<SourceResource>>;
  /** Devices or users of exactly this id or name, at most MAX_FOUND, and whether the collection has each. */
  find(kind: CollectionType, named: Named, collection: CollectionId, signal?: AbortSignal): Promise<SourceFound[]>;
  /** Every device or user, in the order of their ids, from after one of them on. */
  allResources(kind: CollectionType, signal?: AbortSignal, after?: number): AsyncIterable<SourcePage<SourceResource>>;
  /** The relations that the source's own synchronisation keeps. */
  relations(signal?: AbortSignal): Promise<readonly SourceRelation[]>;
  /** Calls back when something may have changed, until the signal; where the source can push. Listings go on beside it. */
  watch?(changed: () => void, signal: AbortSignal): Promise<void>;
}
