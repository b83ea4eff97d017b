import { expect, it } from 'vitest';
import { statusWord, type StatusInput } from './status-words.js';

const quiet: StatusInput = {
  paused: false,
  running: false,
  fresh: false,
  held: 0,
  completed: 5,
  inProgress: 0,
  failed: 0,
  groupFailed: false,
  stale: false,
};

it.each([
  ['all members synchronised', {}, 'Success'],
  ['an empty collection', { completed: 0 }, 'Success'],
  ['some failed', { failed: 1 }, 'Partial Success'],
  ['all failed', { completed: 0, failed: 5 }, 'Failed'],
  ['the group refused everything', { groupFailed: true }, 'Failed'],
  ['members pending', { inProgress: 1 }, 'In Progress'],
  ['a run under way', { running: true }, 'In Progress'],
  ['nothing merged yet', { fresh: true, completed: 0 }, 'In Progress'],
  ['removals held', { held: 3 }, 'Held'],
  ['paused, whatever else', { paused: true, held: 3, failed: 2 }, 'Paused'],
  ['silence is never green', { stale: true }, 'Stale'],
] as const)('%s', (_name, change, word) => {
  expect(statusWord({ ...quiet, ...change })).toBe(word);
});
