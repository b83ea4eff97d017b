import type { Collection, PendingEdit } from './collection.js';
import { BUILT_IN_COLLECTIONS } from './built-in-collections.js';
import type { Site } from './site.js';

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
  return applyDueEdits(collection, now, rules.keepTime);
}

/** Applies the edits whose evaluation is due. */
export function applyDueEdits(
  collection: Collection,
  now: number,
  keepTime: boolean,
): { added: number; removed: number } {
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

const AT_ONCE = { delayMs: 0, keepTime: false };

/** Puts a new resource into the built-in collections that hold its kind. */
export function joinBuiltIns(site: Site, resource: number, now: number): void {
  const table = site.tableOf(resource);
  if (!table) return;
  for (const { id, holds } of BUILT_IN_COLLECTIONS) {
    if (holds(table.type, table.flagsOf(resource)))
      editMembers(site.collections.get(id)!, { add: [resource] }, now, AT_ONCE);
  }
}

/** Takes a removed resource out of every collection. */
export function leaveCollections(site: Site, resource: number, now: number): void {
  for (const collection of site.collections.values()) {
    if (collection.members.has(resource)) editMembers(collection, { remove: [resource] }, now, AT_ONCE);
  }
}
