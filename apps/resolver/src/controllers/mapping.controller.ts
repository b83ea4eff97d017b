import { Controller } from '@nestjs/common';
import { OnState } from '@collection-sync/bus';
import { TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { Directories } from '../directory/directories.js';

@Controller()
export class MappingController {
  constructor(private readonly directories: Directories) {}

  @OnState(TOPICS.mapping)
  async learn(records: Received<typeof TOPICS.mapping>[], _: HandlerContext<typeof TOPICS.mapping>): Promise<void> {
    await this.directories.learn(records.map(({ event }) => event));
  }
}
