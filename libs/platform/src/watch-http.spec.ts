import { Controller, Get, InternalServerErrorException, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Metrics } from './metrics.js';
import { traceparent } from './tracing/traced.js';
import { watchHttp } from './watch-http.js';

@Controller('things')
class Things {
  /** what is published here belongs to the trace of the request */
  @Get(':id')
  one(@Param('id') id: string): { id: string; trace: string | undefined } {
    if (id === 'broken') throw new InternalServerErrorException();
    return { id, trace: traceparent() };
  }
}

@Module({ controllers: [Things] })
class ThingsModule {}

const spans = new InMemorySpanExporter();
const metrics = new Metrics('test');
const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
let app: NestFastifyApplication;

const get = (url: string) => app.inject({ method: 'GET', url, headers: { traceparent: CALLER } });
const series = async (name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(`collection_sync_${name}{`));

beforeAll(async () => {
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register();
  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, new FastifyAdapter(), { logger: false });
  watchHttp(app, metrics);
  await app.init();
});
afterAll(async () => {
  await app.close();
  trace.disable();
});

it('counts requests by the template of their route, never by what callers write', async () => {
  await Promise.all(['/things/1', '/things/2', '/things/broken', '/else/3', '/else/4'].map(get));
  expect((await series('http_requests_total')).sort()).toEqual([
    'collection_sync_http_requests_total{method="GET",route="/things/:id",status="200",service="test"} 2',
    'collection_sync_http_requests_total{method="GET",route="/things/:id",status="500",service="test"} 1',
    'collection_sync_http_requests_total{method="GET",route="none",status="404",service="test"} 2',
  ]);
  expect(await series('http_request_duration_seconds_count')).toContainEqual(
    'collection_sync_http_request_duration_seconds_count{service="test",method="GET",route="/things/:id",status="200"} 2',
  );
});

it('goes on with the trace of the caller, within which the work is done', async () => {
  spans.reset();
  const answer = await get('/things/7');
  const [span] = spans.getFinishedSpans();
  expect(span).toMatchObject({ name: 'GET /things/:id', kind: SpanKind.SERVER });
  expect(span?.attributes).toMatchObject({ 'http.route': '/things/:id', 'http.response.status_code': 200 });
  expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(answer.json<{ trace: string }>().trace).toContain(span?.spanContext().spanId);
  await get('/things/broken');
  expect(spans.getFinishedSpans().at(-1)?.status.code).toBe(SpanStatusCode.ERROR);
});
