import { Controller, Inject } from '@nestjs/common';
import { OnState } from '@collection-sync/bus';
import { TOPICS, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import type { CaptureContext } from '../context.js';
import { takeMapping } from '../take-mapping.js';

@Controller()
export class MappingController {
  constructor(@Inject(CONTEXT) private readonly context: CaptureContext) {}

  @OnState(TOPICS.mapping)
  async mapping(records: Received<typeof TOPICS.mapping>[]): Promise<void> {
    for (const { event } of records) await takeMapping(this.context, event);
  }
}
