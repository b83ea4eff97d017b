import { z } from 'zod';
import { EVENT_SCHEMAS } from './envelope.js';
import { FORMER_EVENT, FORMER_FIELD } from './former-names.js';
import { FLOWS } from './flows.js';
import { TOPIC_SETTINGS, TOPICS, type TopicKind } from './topics.js';

/** The AsyncAPI 3.0 document of all topics, https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
export const asyncApi = (apiVersion: string): Record<string, unknown> => {
  const kinds = Object.keys(TOPICS) as TopicKind[];
  const headers = {
    type: 'object',
    description:
      'CloudEvents 1.0, Kafka protocol binding, binary mode; transfer, chunk, target, collection and run also travel as cs_*.',
    required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time'],
    properties: Object.fromEntries(
      [
        'ce_specversion',
        'ce_id',
        'ce_source',
        'ce_type',
        'ce_subject',
        'ce_time',
        'content-type',
        'traceparent',
        'cs_transfer',
        'cs_chunk',
        'cs_target',
        'cs_collection',
        'cs_run',
      ].map((name) => [name, { type: 'string' }]),
    ),
  };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Collection Sync events',
      version: apiVersion,
      description: 'Delivery is at least once; order per key is kept. Readers ignore unknown fields.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      kinds.map((kind) => {
        const settings = TOPIC_SETTINGS[TOPICS[kind]];
        return [
          kind,
          {
            address: TOPICS[kind],
            summary: FLOWS[kind].summary,
            description: `Key: ${FLOWS[kind].key}. Producers: ${FLOWS[kind].producers.join(', ')}. Consumers: ${FLOWS[kind].consumers.join(', ') || 'yours'}.`,
            messages: { [kind]: { $ref: `#/components/messages/${kind}` } },
            bindings: {
              kafka: {
                topic: TOPICS[kind],
                partitions: settings.partitions,
                topicConfiguration: settings.compacted
                  ? { 'cleanup.policy': ['compact'] }
                  : { 'cleanup.policy': ['delete'], 'retention.ms': settings.retentionMs },
              },
            },
          },
        ];
      }),
    ),
    operations: Object.fromEntries(
      kinds.map((kind) => [
        `receive-${kind}`,
        { action: 'receive', channel: { $ref: `#/channels/${kind}` }, summary: FLOWS[kind].summary },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        kinds.map((kind) => [
          kind,
          {
            name: TOPICS[kind],
            title: kind,
            summary: FLOWS[kind].summary,
            headers: { $ref: '#/components/schemas/headers' },
            payload: { $ref: `#/components/schemas/${kind}` },
          },
        ]),
      ),
      schemas: Object.fromEntries([
        ['headers', headers],
        ...kinds.map((kind) => [
          kind,
          withFormerNames(
            z.toJSONSchema(EVENT_SCHEMAS[TOPICS[kind]], { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
          ),
        ]),
      ]),
    },
  };
};

interface BodySchema {
  readonly oneOf?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Tells the names that are still written, beside or in place of those that follow them. */
const withFormerNames = (schema: BodySchema): object => {
  if (schema.oneOf) return { ...schema, oneOf: schema.oneOf.map((variant) => withFormerNames(variant as BodySchema)) };
  const properties = { ...schema.properties };
  const field = properties[FORMER_FIELD.present];
  if (typeof field === 'object') {
    const description = `former name of \`${FORMER_FIELD.present}\`, which goes with the next release`;
    properties[FORMER_FIELD.former] = { ...field, deprecated: true, description };
  }
  if ((properties['event'] as { const?: unknown } | undefined)?.const === FORMER_EVENT.present) {
    const description = `\`${FORMER_EVENT.former}\` until the next release, then \`${FORMER_EVENT.present}\``;
    properties['event'] = { type: 'string', enum: [FORMER_EVENT.present, FORMER_EVENT.former], description };
  }
  return { ...schema, properties };
};
