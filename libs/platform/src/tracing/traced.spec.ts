import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { traced, traceIds, traceparent } from './traced.js';
import { traceHandling, type Carried } from './trace-handling.js';

const spans = new InMemorySpanExporter();

const first = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const second = '00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01';
const record = (traceparentHeader?: string): Carried => ({
  headers: traceparentHeader ? { traceparent: traceparentHeader } : {},
  partition: 3,
});

beforeAll(() => new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register());
afterAll(() => trace.disable());
afterEach(() => spans.reset());

it('goes on with the trace that a record carries, and hands it on', async () => {
  let sent: string | undefined;
  await traceHandling('t', [record(first), record(first)], async () => {
    sent = traceparent();
  });
  const [span] = spans.getFinishedSpans();
  expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(sent).toBe(`00-0af7651916cd43dd8448eb211c80319c-${span?.spanContext().spanId}-01`);
});

it('links a batch of several traces to each of them', async () => {
  await traceHandling('t', [record(first), record(second), record()], async () => undefined);
  const [span] = spans.getFinishedSpans();
  expect(span?.parentSpanContext).toBeUndefined();
  expect(span?.links.map(({ context }) => context.traceId[0])).toEqual(['0', '1']);
});

it('tells a failure and throws it on', async () => {
  await expect(traced('work', {}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(spans.getFinishedSpans()[0]?.status).toMatchObject({ message: 'broken' });
});

it('is no trace outside of a span, or with a header that is none', async () => {
  expect(traceparent()).toBeUndefined();
  expect(traceIds()).toEqual({});
  await traced('work', {}, async () => undefined, { parent: 'nonsense' });
  expect(spans.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
});
