import { expect, it } from 'vitest';
import { eventually } from './eventually.js';

it('returns the first thing it sees', async () => {
  let looks = 0;
  expect(await eventually(() => (++looks === 3 ? looks : undefined), { interval: 1 })).toBe(3);
});

it('sees zero and the empty text', async () => {
  expect(await eventually(() => 0)).toBe(0);
  expect(await eventually(() => '')).toBe('');
});

it('gives up after the deadline, with the last reason', async () => {
  const failing = eventually(
    () => {
      throw new Error('still 2');
    },
    { deadline: 20, interval: 1, what: 'three' },
  );
  await expect(failing).rejects.toThrow('waited 0.02 s for three: still 2');
});

it('forgets an earlier reason once a look merely sees nothing', async () => {
  let looks = 0;
  const failing = eventually(
    () => {
      if (++looks === 1) throw new Error('first');
      return false;
    },
    { deadline: 20, interval: 1 },
  );
  await expect(failing).rejects.toThrow('waited 0.02 s for a condition');
});
