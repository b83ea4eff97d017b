import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watchdog } from './watchdog.js';

describe('a watchdog', () => {
  let busy = false;
  let barks = 0;
  let dog: Watchdog;

  beforeEach(() => {
    vi.useFakeTimers();
    busy = false;
    barks = 0;
    dog = new Watchdog(
      1_000,
      () => busy,
      () => (barks += 1),
    );
  });
  afterEach(() => {
    dog.end();
    vi.useRealTimers();
  });

  it('barks once after silence', () => {
    vi.advanceTimersByTime(900);
    expect(barks).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(barks).toBe(1);
  });

  it('does not bark while something is seen or somebody is busy', () => {
    for (let step = 0; step < 50; step += 1) {
      vi.advanceTimersByTime(400);
      dog.seen();
    }
    busy = true;
    vi.advanceTimersByTime(60_000);
    expect(barks).toBe(0);
  });
});
