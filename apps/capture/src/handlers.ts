import { OnState, OnWork } from '@collection-sync/bus';
import { CAPTURE_COMMANDS, TOPICS, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import { keepQuestions } from '@collection-sync/postgres';
import { Controller, Inject } from '@nestjs/common';
import { isAnswer, receiveAnswer } from './confirm/receive-answer.js';
import type { CaptureContext } from './context.js';
import { adoptMapping } from './map/adopt-mapping.js';
import { dropAnswered, saveCommand } from './store/commands.js';
import { saveIdentityChanges } from './store/resources.js';
import { saveTenant } from './store/targets.js';

/** Every topic that capture consumes. A handler stores and returns; workers do what follows. */
@Controller()
export class CaptureHandlers {
  constructor(@Inject(CONTEXT) private readonly context: CaptureContext) {}

  @OnState(TOPICS.mapping)
  async mapping(records: Received<typeof TOPICS.mapping>[]): Promise<void> {
    for (const { event } of records) await adoptMapping(this.context, event);
  }

  @OnState(TOPICS.upstream)
  async upstream(records: Received<typeof TOPICS.upstream>[]): Promise<void> {
    const { database, wake } = this.context;
    for (const { event } of records) {
      if (event.kind === 'directory' && (await database.transaction((tx) => saveTenant(tx, event)))) wake();
    }
  }

  @OnWork(TOPICS.directoryChange)
  async directoryChange(records: Received<typeof TOPICS.directoryChange>[]): Promise<void> {
    const changes = records.map(({ event }) => event);
    await this.context.database.transaction((tx) => saveIdentityChanges(tx, changes));
    this.context.wake();
  }

  @OnWork(TOPICS.command)
  async command(records: Received<typeof TOPICS.command>[]): Promise<void> {
    const ours = records.map(({ event }) => event).filter(({ kind }) => CAPTURE_COMMANDS.includes(kind));
    await this.context.database.transaction(async (tx) => {
      for (const command of ours) await saveCommand(tx, command);
    });
    if (ours.length > 0) this.context.wake();
  }

  @OnWork(TOPICS.lookUp)
  async lookUp(records: Received<typeof TOPICS.lookUp>[]): Promise<void> {
    const asked = records.map(({ event }) => event).filter((event) => event.event === 'asked');
    await keepQuestions(this.context.database, asked);
    if (asked.length > 0) this.context.wake();
  }

  @OnWork(TOPICS.run)
  async run(records: Received<typeof TOPICS.run>[]): Promise<void> {
    for (const { event } of records) if (isAnswer(event)) await receiveAnswer(this.context, event);
    const answered = records.flatMap(({ event }) =>
      event.event === 'command-answered' && event.producer === 'writer' ? [event.command] : [],
    );
    await dropAnswered(this.context.database, answered);
  }
}
