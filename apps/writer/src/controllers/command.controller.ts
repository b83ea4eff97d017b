import { Controller, Inject } from '@nestjs/common';
import { OnWork } from '@collection-sync/bus';
import { CAPTURE_COMMANDS, TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import type { WriterContext } from '../context.js';
import { storeCommands } from '../sql/commands.js';
import { WriterWorkers } from '../writer-workers.js';

@Controller()
export class CommandController {
  constructor(
    @Inject(CONTEXT) private readonly writer: WriterContext,
    private readonly workers: WriterWorkers,
  ) {}

  @OnWork(TOPICS.command)
  async store(records: Received<typeof TOPICS.command>[], _: HandlerContext<typeof TOPICS.command>): Promise<void> {
    const own = records.map(({ event }) => event).filter(({ kind }) => !CAPTURE_COMMANDS.includes(kind));
    if (own.length === 0) return;
    await this.writer.database.transaction((tx) => storeCommands(tx, own));
    this.workers.wake();
  }
}
