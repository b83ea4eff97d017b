import { z } from 'zod';
import { EVENT_SCHEMAS } from './envelope.js';
import { TOPIC_SETTINGS, TOPICS, type TopicKind } from './topics.js';

interface Flow {
  readonly summary: string;
  readonly key: string;
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
}

const FLOWS: Readonly<Record<TopicKind, Flow>> = {
  mapping: {
    summary: 'Which collection a group is kept equal to, with policy and schedule.',
    key: 'target',
    producers: ['status'],
    consumers: ['capture', 'resolver', 'writer', 'status'],
  },
  command: {
    summary: 'A wish of an operator. An id is acted on once, an expired one never.',
    key: 'target',
    producers: ['status'],
    consumers: ['capture', 'writer'],
  },
  collection: {
    summary: 'A collection of the site, how it was read last and whether that read may be believed.',
    key: 'collection',
    producers: ['capture'],
    consumers: ['status'],
  },
  upstream: {
    summary: 'State of the site, of a tenant’s directory mirror and of its write budget.',
    key: 'kind/name',
    producers: ['capture', 'resolver', 'writer'],
    consumers: ['status', 'capture'],
  },
  membershipDelta: {
    summary: 'A chunk of a collection’s content for its targets.',
    key: 'collection',
    producers: ['capture'],
    consumers: ['resolver'],
  },
  directoryChange: {
    summary: 'Identities whose directory object appeared, changed or went.',
    key: 'tenant',
    producers: ['resolver'],
    consumers: ['capture'],
  },
  membershipChange: {
    summary: 'The same chunk for one target, each member with its object id or the reason why it has none.',
    key: 'target',
    producers: ['resolver'],
    consumers: ['writer'],
  },
  membershipResult: {
    summary: 'What became of each member.',
    key: 'target',
    producers: ['writer'],
    consumers: ['status'],
  },
  run: {
    summary: 'The story of a target: merges, runs, held plans, answers to commands.',
    key: 'target',
    producers: ['capture', 'writer'],
    consumers: ['status', 'capture'],
  },
  deadLetter: {
    summary: 'A record that could not be read, where it came from and why.',
    key: 'as the source',
    producers: ['any'],
    consumers: ['status'],
  },
};

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
            description: `Key: ${FLOWS[kind].key}. Producers: ${FLOWS[kind].producers.join(', ')}. Consumers: ${FLOWS[kind].consumers.join(', ')}.`,
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
          z.toJSONSchema(EVENT_SCHEMAS[TOPICS[kind]], { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
        ]),
      ]),
    },
  };
};
