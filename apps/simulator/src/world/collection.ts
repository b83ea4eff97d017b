import { SortedSet } from './sorted-set.js';

/** SMS_Collection.CollectionType. */
export const OTHER_COLLECTION = 0;
export const USER_COLLECTION = 1;
export const DEVICE_COLLECTION = 2;
export const COLLECTION_TYPES = ['other', 'user', 'device'] as const;

/** What a new collection shows before its first evaluation; the odd hours are those of the real product. */
const NEVER = {
  evaluation: Date.UTC(1970, 0, 1),
  member: Date.UTC(1980, 0, 1, 6),
  refresh: Date.UTC(1980, 0, 1, 12),
};

export interface PendingEdit {
  due: number;
  resource: number;
  add: boolean;
}

/** A collection: who is a member now, and which rule changes still wait for an evaluation. */
export class Collection {
  name: string;
  comment = '';
  members = new SortedSet();
  readonly direct = new Set<number>();
  pending: PendingEdit[] = [];
  limitTo: { id: string; name: string };
  builtIn = false;
  deleted = false;
  cloudSyncCount = 0;
  lastChangeTime = 0;
  lastMemberChangeTime = NEVER.member;
  lastRefreshTime = NEVER.refresh;
  full = { at: NEVER.evaluation, changes: 0, changedAt: NEVER.evaluation, ms: 0 };
  incremental = { at: NEVER.evaluation, changes: 0, changedAt: NEVER.evaluation, ms: 0 };
  /** Set while a scripted state is shown instead of the true one (SMS_Collection.CurrentStatus). */
  shownStatus: number | undefined;

  constructor(
    readonly id: string,
    name: string,
    readonly type: number,
  ) {
    this.name = name;
    this.limitTo =
      type === DEVICE_COLLECTION
        ? { id: 'SMS00001', name: 'All Systems' }
        : { id: 'SMS00004', name: 'All Users and User Groups' };
  }
}
