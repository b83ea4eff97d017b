import type { Collection, PendingEdit } from './collection.js';
import { ALL_SYSTEMS, ALL_USERS, ALL_USERS_AND_GROUPS, TYPE, type Site } from './site.js';

export interface EvaluationRules {
  /** Simulated time between a rule change and the evaluation that applies it. */
  delayMs: number;
  /** Change members without moving LastMemberChangeTime. */
  keepTime: boolean;
}

/** Changes rules of a collection; its members follow at the evaluation, at once when the delay is 0. */
export function editMembers(
  collection: Collection,
  edit: { add?: Iterable<number>; remove?: Iterable<number> },
  now: number,
  rules: EvaluationRules,
): { added: number; removed: number } {
  const due = now + rules.delayMs;
  const list: PendingEdit[] = [];
  for (const resource of edit.remove ?? []) list.push({ due, resource, add: false });
  for (const resource of edit.add ?? []) list.push({ due, resource, add: true });
  collection.pending = collection.pending.concat(list);
  collection.lastChangeTime = now;
  return settle(collection, now, rules.keepTime);
}

/** Applies the edits whose evaluation is due. */
export function settle(collection: Collection, now: number, keepTime: boolean): { added: number; removed: number } {
  if (collection.pending.length === 0) return { added: 0, removed: 0 };
  const due = collection.pending.filter((edit) => edit.due <= now);
  if (due.length === 0) return { added: 0, removed: 0 };
  collection.pending = collection.pending.filter((edit) => edit.due > now);
  const at = Math.max(...due.slice(-1).map((edit) => edit.due));
  const effect = apply(collection, due);
  const changes = effect.added + effect.removed;
  collection.incremental.at = at;
  collection.incremental.ms = 100 + (changes % 900);
  collection.lastRefreshTime = at;
  if (changes > 0) {
    collection.incremental.changes = changes;
    collection.incremental.changedAt = at;
    if (!keepTime) collection.lastMemberChangeTime = at;
  }
  return effect;
}

function apply(collection: Collection, edits: PendingEdit[]): { added: number; removed: number } {
  const before = collection.members.size;
  if (edits.length > 50 && edits.every((edit) => edit.add)) {
    collection.members.addAll(edits.map((edit) => edit.resource));
    return { added: collection.members.size - before, removed: 0 };
  }
  let added = 0;
  let removed = 0;
  for (const edit of edits) {
    if (edit.add && collection.members.add(edit.resource)) added += 1;
    if (!edit.add && collection.members.delete(edit.resource)) removed += 1;
  }
  return { added, removed };
}

/** Puts a new resource into the built-in collections, or takes a removed one out of every collection. */
export function followResource(site: Site, resource: number, type: number, present: boolean, now: number): void {
  const rules = { delayMs: 0, keepTime: false };
  const builtIn =
    type === TYPE.user
      ? [ALL_USERS, ALL_USERS_AND_GROUPS]
      : type === TYPE.userGroup
        ? [ALL_USERS_AND_GROUPS]
        : [ALL_SYSTEMS];
  if (present) {
    for (const id of builtIn) editMembers(site.collections.get(id)!, { add: [resource] }, now, rules);
    return;
  }
  for (const collection of site.collections.values()) {
    if (collection.members.has(resource)) editMembers(collection, { remove: [resource] }, now, rules);
  }
}
