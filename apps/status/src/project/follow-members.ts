import type { Movement } from '../store/movements.js';
import { keyOf, type NumberedOutcome } from './member-changes.js';

/** What was known of a row of `member` before. */
export interface KnownMember {
  readonly wanted: boolean;
  readonly state: string;
  readonly object: string | null;
  readonly code: string | null;
}

/** The keys of all rows that an outcome may be compared with. */
export const keysOf = ({ resource, object }: Pick<NumberedOutcome, 'resource' | 'object'>): string[] =>
  [resource, object].flatMap((id) => (id === null ? [] : [String(id)]));

/**
 * What happened to members, told by what was known of them before. `known` is kept up to date, so that what comes and goes within one
 * segment is told, too.
 */
export const followMembers = (known: Map<string, KnownMember>, outcomes: Iterable<NumberedOutcome>): Movement[] => {
  const movements: Movement[] = [];
  for (const outcome of outcomes) {
    const follow = outcome.wanted ? followWanted : followUnwanted;
    for (const change of follow(known, outcome)) movements.push(movementOf(outcome, change));
  }
  return movements;
};

type Changes = Movement['change'][];

const followWanted = (known: Map<string, KnownMember>, outcome: NumberedOutcome): Changes => {
  const { resource, object, state, wanted, code = null } = outcome;
  const key = keyOf(outcome);
  const before = known.get(key);
  const changes: Changes = [];
  if (resource !== null && !before?.wanted) changes.push('joinedCollection');
  if (before?.wanted && object !== null && object !== before.object) changes.push('resolved');
  if (state === 'applied' && before?.state !== 'applied') changes.push('joined');
  if (state === 'failed' && (before?.state !== 'failed' || before.code !== code)) changes.push('failed');
  if (object !== null) known.delete(object);
  known.set(key, { wanted, state, object, code });
  return changes;
};

const followUnwanted = (known: Map<string, KnownMember>, outcome: NumberedOutcome): Changes => {
  const { resource, object, state, wanted, code = null } = outcome;
  const key = keyOf(outcome);
  const ofResource = resource === null ? undefined : known.get(String(resource));
  const changes: Changes = [];
  if (ofResource?.wanted) changes.push('leftCollection');
  const wasThere = object !== null && (known.has(object) || isIn(ofResource, object));
  if (state === 'removed' && wasThere) changes.push('left');
  if (ofResource && (ofResource.object === object || ofResource.object === null)) known.delete(String(resource));
  if (state === 'removed') known.delete(key);
  else known.set(key, { wanted, state, object, code });
  return changes;
};

const isIn = (member: KnownMember | undefined, object: string): boolean =>
  member?.state === 'applied' && member.object === object;

const movementOf = (outcome: NumberedOutcome, change: Movement['change']): Movement => ({
  number: outcome.number,
  key: keyOf(outcome),
  change,
  resource: outcome.resource,
  object: outcome.object,
  name: outcome.name,
  code: change === 'failed' ? (outcome.code ?? null) : null,
});
