import { OnState, OnWork } from '@collection-sync/bus';
import { TOPICS, type Received, type TopicName } from '@collection-sync/core';
import { Database, Outbox } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { changeChannel, noteChanges } from './live/live.js';
import { auditAdopted } from './audit/audit-adopted.js';
import { adoptMappings } from './store/mappings.js';
import { refreshOverview } from './project/refresh-overview.js';
import { saveCollections } from './store/collections.js';
import { saveDeadLetters } from './store/dead-letters.js';
import { answerLookUp } from './store/look-ups.js';
import { projectResults } from './project/project-results.js';
import { projectRuns } from './project/project-runs.js';
import { saveUpstreams } from './store/upstreams.js';

/** Where events come in: each batch is stored and done. Compacted topics are read whole at every start, so what was dropped comes back. */
@Controller()
export class Handlers {
  private readonly channel: string;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    this.channel = changeChannel(database);
  }

  @OnState(TOPICS.mapping)
  async mappings(records: Received<typeof TOPICS.mapping>[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const given = eventsOf(records);
      const adopted = await adoptMappings(tx, given);
      if (adopted.length === 0) return;
      await auditAdopted(tx, given, new Set(adopted.map(({ target }) => target)));
      await refreshOverview(
        tx,
        adopted.flatMap(({ collection, was }) => (was === null ? [collection] : [collection, was])),
      );
      await noteChanges(
        tx,
        this.channel,
        'mapping',
        adopted.map(({ target }) => target),
      );
    });
  }

  @OnState(TOPICS.collection)
  async collections(records: Received<typeof TOPICS.collection>[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const changed = await saveCollections(tx, eventsOf(records));
      await refreshOverview(tx, changed);
      await noteChanges(tx, this.channel, 'collection', changed);
    });
  }

  @OnState(TOPICS.upstream)
  async upstreams(records: Received<typeof TOPICS.upstream>[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await noteChanges(tx, this.channel, 'upstream', await saveUpstreams(tx, eventsOf(records)));
    });
  }

  @OnWork(TOPICS.membershipResult)
  async results(records: Received<typeof TOPICS.membershipResult>[]): Promise<void> {
    for (const [target, events] of byKey(records)) await projectResults(this.database, target, events);
  }

  @OnWork(TOPICS.run)
  async runs(records: Received<typeof TOPICS.run>[]): Promise<void> {
    const traced = records.map(({ key, event, headers }) => ({ key, event: { ...event, trace: traceIdOf(headers) } }));
    for (const [target, events] of byKey(traced)) await projectRuns(this.database, this.outbox, target, events);
  }

  @OnWork(TOPICS.lookUp)
  async lookUps(records: Received<typeof TOPICS.lookUp>[]): Promise<void> {
    for (const { event } of records) {
      if (event.event === 'site-answered') await answerLookUp(this.database, event.id, 'site', event.site);
      if (event.event === 'directory-answered')
        await answerLookUp(this.database, event.id, 'directory', event.directory);
    }
  }

  @OnWork(TOPICS.deadLetter)
  async deadLetters(records: Received<typeof TOPICS.deadLetter>[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await saveDeadLetters(tx, eventsOf(records));
      await noteChanges(
        tx,
        this.channel,
        'dead-letter',
        records.map(({ key }) => key),
      );
    });
  }
}

const eventsOf = <T extends TopicName>(records: readonly Received<T>[]): Received<T>['event'][] =>
  records.map(({ event }) => event);

/** The trace that a record belongs to: https://www.w3.org/TR/trace-context/#trace-id */
const traceIdOf = (headers: Readonly<Record<string, string>>): string | undefined =>
  /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(headers['traceparent'] ?? '')?.[1];

/** The order of each key is kept; keys are independent of each other. */
const byKey = <E>(records: readonly { readonly key: string; readonly event: E }[]): Map<string, E[]> => {
  const keys = new Map<string, E[]>();
  for (const { key, event } of records) {
    const events = keys.get(key);
    if (events) events.push(event);
    else keys.set(key, [event]);
  }
  return keys;
};
