import { Controller, Inject } from '@nestjs/common';
import { OnState } from '@collection-sync/bus';
import { TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import type { WriterContext } from '../context.js';
import { storeMappings } from '../store/mappings.js';
import { WriterWorkers } from '../writer-workers.js';

@Controller()
export class MappingController {
  constructor(
    @Inject(CONTEXT) private readonly writer: WriterContext,
    private readonly workers: WriterWorkers,
  ) {}

  @OnState(TOPICS.mapping)
  async adopt(records: Received<typeof TOPICS.mapping>[], _: HandlerContext<typeof TOPICS.mapping>): Promise<void> {
    const mappings = records.map(({ event }) => event);
    if ((await storeMappings(this.writer.database, mappings)) > 0) this.workers.wake();
  }
}
