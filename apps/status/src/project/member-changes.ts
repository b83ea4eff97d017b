import type { MemberOutcome } from '@collection-sync/core';

/** A row as the projection keeps it. */
interface MemberRow {
  key: string;
  resource: number | null;
  object: string | null;
  name: string;
  state: string;
  wanted: boolean;
  code: string | null;
  message: string | null;
  attempts: number;
  request_id: string | null;
  client_request_id: string | null;
  plan: string | null;
  at: string;
  unmanaged: boolean;
  object_type: string | null;
}

/** With the number of the record that it came in. */
export type NumberedOutcome = MemberOutcome & { readonly number: number };

/** What a segment of a target's stream comes to. Keys in `writes` and in `deletes` exclude each other. */
export interface MemberChanges {
  readonly writes: Map<string, MemberRow>;
  readonly deletes: Set<string>;
  /** resources that stop being wanted: their row goes if it still shows one of these objects */
  readonly releases: Map<string, Set<string | null>>;
}

/** A resource is kept under its id while it is wanted; what is to be removed under its object: a resource may change its object. */
export const keyOf = ({ wanted, resource, object }: Pick<MemberOutcome, 'wanted' | 'resource' | 'object'>): string =>
  wanted && resource !== null ? String(resource) : (object ?? String(resource));

/** Folds outcomes in their order; the last word about a key wins. */
export const foldOutcomes = (outcomes: Iterable<MemberOutcome>): MemberChanges => {
  const changes: MemberChanges = { writes: new Map(), deletes: new Set(), releases: new Map() };
  for (const outcome of outcomes) foldOutcome(changes, outcome);
  return changes;
};

const foldOutcome = (changes: MemberChanges, outcome: MemberOutcome): void => {
  const key = keyOf(outcome);
  if (!outcome.wanted) release(changes, outcome);
  if (outcome.state === 'removed') return remove(changes, key);
  write(changes, key, outcome);
  if (outcome.wanted && outcome.object !== null) remove(changes, outcome.object);
};

const release = ({ writes, deletes, releases }: MemberChanges, { resource, object }: MemberOutcome): void => {
  if (resource === null) return;
  const key = String(resource);
  const held = writes.get(key);
  if (held === undefined) {
    if (!deletes.has(key)) releases.set(key, (releases.get(key) ?? new Set()).add(object));
  } else if (held.object === object || held.object === null) {
    writes.delete(key);
    deletes.add(key);
  }
};

const remove = ({ writes, deletes }: MemberChanges, key: string): void => {
  writes.delete(key);
  deletes.add(key);
};

const write = ({ writes, deletes, releases }: MemberChanges, key: string, outcome: MemberOutcome): void => {
  deletes.delete(key);
  releases.delete(key);
  // moved to the end: a Map keeps the place of a key that it has
  writes.delete(key);
  writes.set(key, rowOf(key, outcome));
};

const rowOf = (key: string, outcome: MemberOutcome): MemberRow => ({
  key,
  resource: outcome.resource,
  object: outcome.object,
  name: outcome.name,
  state: outcome.state,
  wanted: outcome.wanted,
  code: outcome.code ?? null,
  message: outcome.message ?? null,
  attempts: outcome.attempts,
  request_id: outcome.requestId ?? null,
  client_request_id: outcome.clientRequestId ?? null,
  plan: outcome.plan ?? null,
  at: outcome.at,
  unmanaged: outcome.unmanaged ?? false,
  object_type: outcome.objectType ?? null,
});
