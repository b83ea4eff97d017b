import { OnState, OnWork } from '@collection-sync/bus';
import { CAPTURE_COMMANDS, TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import { Controller, Inject } from '@nestjs/common';
import type { WriterContext } from './context.js';
import { stage } from './merge/stage.js';
import { storeListingRequests, storeCommands } from './store/commands.js';
import { storeMappings } from './store/mappings.js';
import { WriterWorkers } from './workers.js';

/** Every topic that the writer consumes. A handler stores and returns; workers do the rest. */
@Controller()
export class WriterHandlers {
  readonly #writer: WriterContext;
  readonly #workers: WriterWorkers;

  constructor(@Inject(CONTEXT) writer: WriterContext, workers: WriterWorkers) {
    this.#writer = writer;
    this.#workers = workers;
  }

  @OnState(TOPICS.mapping)
  async mappings(records: Received<typeof TOPICS.mapping>[], _: HandlerContext<typeof TOPICS.mapping>): Promise<void> {
    const mappings = records.map(({ event }) => event);
    if ((await storeMappings(this.#writer.database, mappings)) > 0) this.#workers.wake();
  }

  @OnWork(TOPICS.membershipChange)
  async content(
    records: Received<typeof TOPICS.membershipChange>[],
    _: HandlerContext<typeof TOPICS.membershipChange>,
  ): Promise<void> {
    await stage(
      this.#writer,
      records.map(({ event, headers }) => ({ ...event, trace: headers['traceparent'] })),
    );
    this.#workers.wakeForContent();
  }

  @OnWork(TOPICS.command)
  async commands(records: Received<typeof TOPICS.command>[], _: HandlerContext<typeof TOPICS.command>): Promise<void> {
    const commands = records.map(({ event }) => event);
    const listings = commands.filter(({ kind, listing }) => kind === 'full' && listing);
    if (listings.length > 0) await this.#writer.database.transaction((tx) => storeListingRequests(tx, listings));
    const own = commands.filter(({ kind }) => !CAPTURE_COMMANDS.includes(kind));
    if (own.length === 0) return;
    await this.#writer.database.transaction((tx) => storeCommands(tx, own));
    this.#workers.wake();
  }
}
