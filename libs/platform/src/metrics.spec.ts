import { expect, it } from 'vitest';
import { Metrics } from './metrics.js';
import { watchLag } from './watch-lag.js';

it('leaves out what cannot be found out, and tells the rest', async () => {
  const metrics = new Metrics('test');
  metrics.gauge('away', 'Cannot be known.', [], () => Promise.reject(new Error('no database')));
  metrics.gauge('here', 'Is known.', [], (gauge) => gauge.set(3));
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
  const text = await metrics.text();
  expect(text).toContain('collection_sync_outbox_records{service="capture"} 2');
  expect(text).toContain('collection_sync_outbox_records{service="writer"} 1');
});
