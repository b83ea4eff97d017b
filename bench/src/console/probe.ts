import type { Page } from 'playwright-core';

/** What a reader feels, counted inside the page. Times are in ms. */
export interface Felt {
  /** 0 when no task was longer than 50 ms, which is where browsers begin to tell */
  readonly longestTask: number;
  readonly frames: number;
  readonly lateFrames: number;
  /** from the key, click or wheel to the first line of code that could act on it */
  readonly delays: number[];
  /** rows that exist as elements */
  readonly rows: number;
}

export const LATE_FRAME_MS = 50;

const COUNT = `(() => {
  const probe = { longestTask: 0, frames: 0, lateFrames: 0, delays: [], rows: 0 };
  const reset = () => Object.assign(probe, { longestTask: 0, frames: 0, lateFrames: 0, delays: [], rows: 0 });
  let last;
  const frame = (now) => {
    if (last !== undefined) {
      probe.frames += 1;
      if (now - last > ${LATE_FRAME_MS}) probe.lateFrames += 1;
    }
    last = now;
    probe.rows = Math.max(probe.rows, document.querySelectorAll('[role=row][aria-rowindex]').length - 1);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.longestTask = Math.max(probe.longestTask, duration);
  }).observe({ type: 'longtask' });
  for (const kind of ['keydown', 'pointerdown', 'wheel']) {
    addEventListener(kind, ({ timeStamp }) => probe.delays.push(performance.now() - timeStamp), { capture: true, passive: true });
  }
  window.felt = { take: () => { const taken = { ...probe }; reset(); return taken; } };
})()`;

/** Begins to count in every page that is opened from now on. */
export const installProbe = (page: Page): Promise<unknown> => page.addInitScript(COUNT);

/** What was felt since this was last asked. */
export const takeFelt = (page: Page): Promise<Felt> => page.evaluate<Felt>('felt.take()');
