import { TOPICS, type TopicName } from '../src/events/topics.js';

const tenant = '9b2e0000-0000-4000-8000-000000000001';
const group = '7c110000-0000-4000-8000-000000000002';
const id = '0f0e0d0c-0b0a-4900-8807-060504030201';
const at = '2026-11-01T10:00:00Z';
const target = `${tenant}/${group}`;
const part = {
  transfer: id,
  mode: 'full',
  content: 'complete',
  collection: 'ABC00014',
  collectionType: 'device',
  from: 0,
  to: 5,
  chunk: 0,
  last: true,
  readAt: at,
};
const question = { id, tenant, collection: 'ABC00014', collectionType: 'device', expiresAt: at };
const delivery = { target, tenant, group, activated: 5 };
const story = { target, collection: 'ABC00014', activated: 5, at, number: 7 };
const run = { ...story, producer: 'writer', run: id, kind: 'full' };
const outcomes = { applied: 1, removed: 0, failed: 0, held: 0, superseded: 0, unanswered: 0, notNeeded: 0, stopped: 0 };
const counts = { planned: 1, joined: 0, outcomes, requests: 1, writes: 1, throttled: 0 };
const ended = { ...run, startedAt: at, counts };
const failure = { code: 'SITE_UNAVAILABLE', message: 'the site does not answer', advice: 'look at it' };
const guard = { held: true, counted: 3, size: 3, margin: 0 };

/**
 * What release 0.1.0 may have left on the topics, with no more than its fields that are always there. Never changed: a release that cannot
 * read these would dead-letter what an older service sends during an upgrade. A later release adds a file of its own.
 */
export const BODIES: Readonly<Record<TopicName, readonly object[]>> = {
  [TOPICS.mapping]: [
    {
      ...delivery,
      groupName: 'Group1',
      collection: 'ABC00014',
      collectionType: 'device',
      state: 'active',
      policy: {},
      schedule: { kind: 'manual' },
      version: 5,
      changedAt: at,
    },
  ],
  [TOPICS.command]: [{ id, kind: 'full', target, tenant, group, issuedAt: at, expiresAt: at, by: 'somebody' }],
  [TOPICS.collection]: [
    {
      collection: 'ABC00014',
      site: 'ABC',
      name: 'Collection1',
      type: 'device',
      count: 2,
      state: 'ok',
      version: 5,
      changedAt: null,
      checkedAt: at,
      lastRead: null,
      lastComplete: null,
      number: 7,
    },
  ],
  [TOPICS.upstream]: [{ kind: 'site', name: 'ABC', state: 'ready', since: at, checkedAt: at, number: 7 }],
  [TOPICS.membershipDelta]: [
    {
      ...part,
      targets: [delivery],
      adds: [{ resource: 16777220, kind: 'device', name: 'DeviceB', identity: {} }],
      removes: [16777219],
    },
  ],
  [TOPICS.directoryChange]: [{ tenant, at, identities: [{ change: 'appeared' }] }],
  [TOPICS.membershipChange]: [
    {
      ...part,
      ...delivery,
      adds: [{ resource: 16777220, kind: 'device', name: 'DeviceB', object: null }],
      removes: [],
    },
  ],
  [TOPICS.membershipResult]: [
    {
      target,
      collection: 'ABC00014',
      activated: 5,
      merged: 5,
      number: 7,
      previous: 6,
      members: [{ resource: null, object: id, state: 'applied', wanted: true, at }],
    },
  ],
  [TOPICS.run]: [
    { ...story, producer: 'capture', event: 'capture-failed', ...failure },
    { ...story, producer: 'capture', event: 'nothing-to-do', command: id, version: 5 },
    {
      ...story,
      producer: 'writer',
      event: 'merged',
      transfer: id,
      mode: 'full',
      content: 'complete',
      version: 5,
      pending: 1,
      readAt: at,
    },
    { ...story, producer: 'writer', event: 'content-missing', transfer: id, version: 0 },
    { ...story, producer: 'writer', event: 'standing', version: 1 },
    { ...run, event: 'started', trigger: 'merge', epoch: 1 },
    { ...run, event: 'planned', adds: 1, removes: 0 },
    { ...run, event: 'progress', counts },
    { ...story, producer: 'writer', event: 'held', plan: id, removals: 3, guard, expiresAt: at },
    { ...story, producer: 'writer', event: 'plan-closed', plan: id, state: 'rejected' },
    { ...ended, event: 'completed' },
    { ...ended, event: 'failed', ...failure },
    { ...ended, event: 'cancelled', why: 'paused' },
    { ...story, producer: 'writer', event: 'work-failed', work: 'merge', ...failure },
    { ...story, producer: 'writer', event: 'work-resumed', work: 'merge' },
    { ...story, producer: 'writer', event: 'released' },
    { ...story, producer: 'writer', event: 'command-answered', command: id, accepted: true, message: 'done' },
  ],
  [TOPICS.lookUp]: [
    { ...question, event: 'asked', name: 'DeviceB' },
    { ...question, event: 'site-answered', site: { at, resources: [] } },
    { ...question, event: 'directory-answered', directory: { at, resolved: [], named: [] } },
  ],
  [TOPICS.audit]: [
    {
      id: 7,
      line: 6,
      previous: 'a1',
      hash: 'b2',
      at,
      actor: 'Ada',
      role: 'Operator',
      action: 'mapping.change',
      subject: target,
      detail: { collection: 'ABC00014' },
      issuer: 'local',
      actorSubject: 'local',
      objectId: null,
      client: 'collsync/0.1.0',
      address: '127.0.0.1',
      before: { state: 'active' },
      after: { state: 'paused' },
    },
  ],
  [TOPICS.deadLetter]: [
    {
      topic: TOPICS.run,
      partition: 0,
      offset: '1',
      key: target,
      consumer: 'collection-sync.status',
      code: 'UNREADABLE_EVENT',
      why: 'not JSON',
      at,
      headers: {},
      body: '',
      cut: false,
    },
  ],
};
