import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { messageOf } from '../describe-error.js';

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface TraceOptions {
  /** internal by default */
  readonly kind?: 'client' | 'consumer' | 'producer';
  /** W3C traceparent of what caused this, when it was not called directly */
  parent?: string | null;
  /** W3C traceparents of what else led to it */
  links?: readonly string[];
}

const KINDS = { client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER, producer: SpanKind.PRODUCER };
export const TRACER = 'collection-sync';
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Does a piece of work within a span; what it does and publishes meanwhile belongs to the same trace. */
export const traced = <T>(
  name: string,
  attributes: Attributes,
  work: (span: Pick<Span, 'setAttributes'>) => Promise<T>,
  { kind, parent, links = [] }: TraceOptions = {},
): Promise<T> => {
  const cause = parent ? spanContextOf(parent) : undefined;
  const around = cause ? trace.setSpanContext(ROOT_CONTEXT, cause) : context.active();
  const linked = links.flatMap((link) => spanContextOf(link) ?? []).map((linkedTo) => ({ context: linkedTo }));
  const options = { attributes, links: linked, ...(kind ? { kind: KINDS[kind] } : {}) };
  return trace.getTracer(TRACER).startActiveSpan(name, options, around, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
};

/** The W3C traceparent of the span that is active here, if any: https://www.w3.org/TR/trace-context */
export const traceparent = (): string | undefined => {
  const active = trace.getActiveSpan()?.spanContext();
  if (!active || !isSpanContextValid(active)) return undefined;
  return `00-${active.traceId}-${active.spanId}-${active.traceFlags.toString(16).padStart(2, '0')}`;
};

/** For log lines. */
export const traceIds = (): { trace_id?: string; span_id?: string } => {
  const active = trace.getActiveSpan()?.spanContext();
  return active && isSpanContextValid(active) ? { trace_id: active.traceId, span_id: active.spanId } : {};
};

export const spanContextOf = (text: string): SpanContext | undefined => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text) ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
};
