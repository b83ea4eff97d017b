import { Controller, Inject } from '@nestjs/common';
import { OnWork } from '@collection-sync/bus';
import { TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import type { WriterContext } from '../context.js';
import { stage } from '../merge/stage.js';
import { WriterWorkers } from '../writer-workers.js';

@Controller()
export class MembershipChangeController {
  constructor(
    @Inject(CONTEXT) private readonly writer: WriterContext,
    private readonly workers: WriterWorkers,
  ) {}

  @OnWork(TOPICS.membershipChange)
  async stage(
    records: Received<typeof TOPICS.membershipChange>[],
    _: HandlerContext<typeof TOPICS.membershipChange>,
  ): Promise<void> {
    await stage(
      this.writer,
      records.map(({ event, headers }) => ({ ...event, trace: headers['traceparent'] })),
    );
    this.workers.wake();
  }
}
