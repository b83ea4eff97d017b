import type { MemberOutcome } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followMembers, type KnownMember } from './follow-members.js';
import { foldOutcomes, type NumberedOutcome } from './member-changes.js';

const outcome = (number: number, changes: Partial<MemberOutcome> = {}): NumberedOutcome => ({
  number,
  resource: 1,
  object: 'one',
  name: 'PC1',
  state: 'applied',
  wanted: true,
  attempts: 1,
  at: new Date(number).toISOString(),
  ...changes,
});
const follow = (outcomes: readonly NumberedOutcome[]) => followMembers(new Map(), outcomes);
const movementsOf = (outcomes: readonly NumberedOutcome[]): unknown[] =>
  follow(outcomes).map(({ number, change }) => [number, change]);

/** The rows of `member`, as the projection writes them. */
const store = (rows: Map<string, KnownMember>, outcomes: readonly NumberedOutcome[]): void => {
  const { writes, deletes, releases } = foldOutcomes(outcomes);
  for (const [key, objects] of releases) {
    const held = rows.get(key);
    if (held && (held.object === null || objects.has(held.object))) rows.delete(key);
  }
  for (const key of deletes) rows.delete(key);
  for (const [key, row] of writes) rows.set(key, row);
};

describe('what happened to a member', () => {
  it('is told from the collection to the group and back, also where all comes at once', () => {
    const life = [
      outcome(1, { state: 'failed', object: null, code: 'NoEntraRecord' }),
      outcome(2, { state: 'failed', object: null, code: 'NoEntraRecord', attempts: 2 }),
      outcome(3, { state: 'pending' }),
      outcome(4),
      outcome(5),
      outcome(6, { state: 'pending', wanted: false }),
      outcome(7, { state: 'removed', wanted: false, resource: null }),
    ];
    expect(movementsOf(life)).toEqual([
      [1, 'joinedCollection'],
      [1, 'failed'],
      [3, 'resolved'],
      [4, 'joined'],
      [6, 'leftCollection'],
      [7, 'left'],
    ]);
  });

  it('is no departure from the group where it never had a directory object', () => {
    const nobody = { object: null, code: 'NoEntraRecord' } as const;
    expect(
      movementsOf([
        outcome(1, { ...nobody, state: 'failed' }),
        outcome(2, { ...nobody, state: 'removed', wanted: false }),
      ]).slice(2),
    ).toEqual([[2, 'leftCollection']]);
  });

  it('is the same however the records come in', () => {
    const any = fc.record({
      resource: fc.constantFrom(1, 2, null),
      object: fc.constantFrom('one', 'two', null),
      state: fc.constantFrom('pending', 'applied', 'failed', 'held', 'removed'),
      wanted: fc.boolean(),
      batch: fc.boolean(),
    });
    const possible = fc.array(
      any.filter(
        ({ resource, object, state, wanted }) =>
          (resource !== null || object !== null) && (!wanted || (resource !== null && state !== 'removed')),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(possible, (steps) => {
        const outcomes = steps.map(({ batch: _, ...step }, at) => outcome(at, step as Partial<MemberOutcome>));
        const rows = new Map<string, KnownMember>();
        const inParts = [];
        let part: NumberedOutcome[] = [];
        for (const [at, one] of outcomes.entries()) {
          part.push(one);
          if (steps[at]?.batch === false && at < outcomes.length - 1) continue;
          inParts.push(...followMembers(new Map(rows), part));
          store(rows, part);
          part = [];
        }
        expect(inParts).toEqual(follow(outcomes));
      }),
    );
  });
});
