import { traced } from './traced.js';

/** What a trace needs to know of a record. */
export interface Carried {
  readonly headers: Readonly<Record<string, string>>;
  readonly partition: number;
}

const MOST_LINKS = 32;

/** A span around the handling of a batch of records: within the trace that sent them, or linked to each when they are several. */
export const traceHandling = (topic: string, records: readonly Carried[], work: () => Promise<void>): Promise<void> => {
  const causes = new Set(records.flatMap(({ headers }) => headers['traceparent'] ?? []));
  const attributes = {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'process',
    'messaging.destination.name': topic,
    'messaging.destination.partition.id': String(records[0]?.partition ?? ''),
    'messaging.batch.message_count': records.length,
  };
  const [only] = causes;
  const links = causes.size === 1 ? { parent: only } : { links: [...causes].slice(0, MOST_LINKS) };
  return traced(`process ${topic}`, attributes, work, { kind: 'consumer', ...links });
};
