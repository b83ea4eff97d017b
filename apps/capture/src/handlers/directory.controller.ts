import { Controller, Inject } from '@nestjs/common';
import { OnState, OnWork } from '@collection-sync/bus';
import { TOPICS, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import type { CaptureContext } from '../context.js';
import { saveIdentityChanges } from '../sql/identity-changes.js';
import { saveTenant } from '../sql/save-tenant.js';

@Controller()
export class DirectoryController {
  constructor(@Inject(CONTEXT) private readonly context: CaptureContext) {}

  @OnState(TOPICS.upstream)
  async upstream(records: Received<typeof TOPICS.upstream>[]): Promise<void> {
    const { database, wake } = this.context;
    for (const { event } of records) {
      if (event.kind === 'directory' && (await database.transaction((tx) => saveTenant(tx, event)))) wake();
    }
  }

  @OnWork(TOPICS.directoryChange)
  async changed(records: Received<typeof TOPICS.directoryChange>[]): Promise<void> {
    const changes = records.map(({ event }) => event);
    await this.context.database.transaction((tx) => saveIdentityChanges(tx, changes));
    this.context.wake();
  }
}
