import { expect, it, vi } from 'vitest';
import { Metrics } from './metrics.js';
import { watchLag } from './watch-lag.js';

it('leaves out what cannot be found out, and tells the rest', async () => {
  const metrics = new Metrics('test');
  metrics.sampled('away', 'Cannot be known.', [], () => Promise.reject(new Error('no database')));
  metrics.sampled('here', 'Is known.', [], async (observe) => observe(3));
  await metrics.refresh();
  const text = await metrics.text();
  expect(text).toContain('collection_sync_here{service="test"} 3');
  expect(text).not.toMatch(/^collection_sync_away\{/m);
});

it('tells a value that has gone no more', async () => {
  const metrics = new Metrics('test');
  const words = ['Held'];
  metrics.gauge('words', 'Words.', ['word'], (gauge) => words.forEach((word) => gauge.set({ word }, 1)));
  expect(await metrics.text()).toContain('word="Held"');
  words.pop();
  expect(await metrics.text()).not.toContain('word="Held"');
});

it('tells the lag of several services of one process apart', async () => {
  const metrics = new Metrics('standalone');
  watchLag(metrics, 'capture', { outbox: async () => ({ rows: 2, oldestSeconds: 5 }) });
  watchLag(metrics, 'writer', { outbox: async () => ({ rows: 1, oldestSeconds: 0 }) });
  await metrics.refresh();
  const text = await metrics.text();
  expect(text).toContain('collection_sync_outbox_records{service="capture"} 2');
  expect(text).toContain('collection_sync_outbox_records{service="writer"} 1');
});

it('tells from memory while what it is made of does not answer, and in the end that it is unknown', async () => {
  vi.useFakeTimers();
  try {
    const metrics = new Metrics('test');
    let answers = true;
    metrics.sampled('queue', 'What waits.', [], async (observe) => {
      if (!answers) await new Promise(() => undefined);
      observe(7);
    });
    await metrics.refresh();
    answers = false;
    await vi.advanceTimersByTimeAsync(6_000);
    const refreshing = metrics.refresh();
    expect(await metrics.text()).toContain('collection_sync_queue{service="test"} 7');
    await vi.advanceTimersByTimeAsync(11_000);
    await refreshing;
    expect(await metrics.text()).not.toMatch(/^collection_sync_queue\{/m);
  } finally {
    vi.useRealTimers();
  }
});
