import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Metrics } from './metrics.js';
import { spanContextOf, TRACER } from './tracing/traced.js';

const SECONDS = [0.005, 0.025, 0.1, 0.5, 1, 5, 30];
const STREAM = 'text/event-stream';
/** what no route serves, or was refused before there was one */
const NO_ROUTE = 'none';

/**
 * How long each route takes and what it answers, and a span around each request. A route is told by its template: an address has ids, which
 * would be a series each. A stream ends when the reader goes, so it is counted without its time.
 */
export const watchHttp = (app: NestFastifyApplication, metrics: Metrics): void => {
  const labels = ['method', 'route', 'status'] as const;
  const requests = metrics.counter('http_requests_total', 'Requests answered, by route.', labels);
  const seconds = metrics.histogram(
    'http_request_duration_seconds',
    'From the arrival of a request to the end of its answer, by route; without streams.',
    labels,
    SECONDS,
  );
  const spans = new WeakMap<object, Span>();
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, _, done) => {
    const route = request.routeOptions.url ?? NO_ROUTE;
    const caller = spanContextOf(String(request.headers['traceparent'] ?? ''));
    const around = caller ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT;
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'http.request.id': request.id };
    const span = trace
      .getTracer(TRACER)
      .startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, around);
    spans.set(request, span);
    context.with(trace.setSpan(around, span), done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const of = {
      method: request.method,
      route: request.routeOptions.url ?? NO_ROUTE,
      status: String(reply.statusCode),
    };
    requests.inc(of);
    if (!String(reply.getHeader('content-type') ?? '').startsWith(STREAM))
      seconds.observe(of, reply.elapsedTime / 1_000);
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
};
