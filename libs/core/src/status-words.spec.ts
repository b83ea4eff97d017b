import { expect, it } from 'vitest';
import { statusWord, type StatusInput } from './status-words.js';

const quiet: StatusInput = {
  paused: false,
  running: false,
  fresh: false,
  held: 0,
  completed: 5,
  inProgress: 0,
  waiting: 0,
  failed: 0,
  stopped: false,
  stale: false,
};

it.each([
  ['all members synchronised', {}, 'Success'],
  ['an empty collection', { completed: 0 }, 'Success'],
  ['some failed', { failed: 1 }, 'Partial Success'],
  ['all failed', { completed: 0, failed: 5 }, 'Failed'],
  ['an error ended the last run as a whole', { stopped: true }, 'Failed'],
  ['an error ended the last run, and another has begun', { stopped: true, running: true }, 'Failed'],
  ['some wait for their record', { waiting: 2 }, 'Partial Success'],
  ['all wait for their record: nobody has to act', { completed: 0, waiting: 2 }, 'In Progress'],
  ['some wait, one failed, nobody is there', { completed: 0, waiting: 2, failed: 1 }, 'Failed'],
  ['members pending', { inProgress: 1 }, 'In Progress'],
  ['a run under way', { running: true }, 'In Progress'],
  ['nothing merged yet', { fresh: true, completed: 0 }, 'In Progress'],
  ['removals held', { held: 3 }, 'Held'],
  ['paused, whatever else', { paused: true, held: 3, failed: 2 }, 'Paused'],
  ['silence is never green', { stale: true }, 'Stale'],
] as const)('%s', (_name, change, word) => {
  expect(statusWord({ ...quiet, ...change })).toBe(word);
});
