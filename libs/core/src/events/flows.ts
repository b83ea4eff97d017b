import type { TopicKind } from './topics.js';

export const SERVICES = ['capture', 'resolver', 'writer', 'status'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface Flow {
  readonly summary: string;
  readonly key: string;
  readonly producers: readonly ServiceName[];
  /** of the services; whoever has the right may read it too */
  readonly consumers: readonly ServiceName[];
}

/** Who writes and who reads each topic. Rights on the brokers are made from it. */
export const FLOWS: Readonly<Record<TopicKind, Flow>> = {
  mapping: {
    summary: 'Which collection a group is kept equal to, with policy and schedule.',
    key: 'target',
    producers: ['status'],
    consumers: ['capture', 'resolver', 'writer', 'status'],
  },
  command: {
    summary: 'An order of an operator. An id is acted on once, an expired one never.',
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
  lookUp: {
    summary: 'A question about one device or user, and what the site and the directory answer to it.',
    key: 'id',
    producers: ['status', 'capture', 'resolver'],
    consumers: ['capture', 'resolver', 'status'],
  },
  audit: {
    summary: 'A line of the audit log, sealed into its chain of hashes.',
    key: 'subject',
    producers: ['status'],
    consumers: [],
  },
  deadLetter: {
    summary: 'A record that could not be read, where it came from and why.',
    key: 'as the source',
    producers: SERVICES,
    consumers: ['status'],
  },
};
