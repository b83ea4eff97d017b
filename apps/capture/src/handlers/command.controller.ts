import { Controller, Inject } from '@nestjs/common';
import { OnWork } from '@collection-sync/bus';
import { CAPTURE_COMMANDS, TOPICS, type Received } from '@collection-sync/core';
import { CONTEXT } from '@collection-sync/platform';
import type { CaptureContext } from '../context.js';
import { saveCommand } from '../sql/save-commands.js';
import { isAnswer, takeAnswer } from '../take-answer.js';

@Controller()
export class CommandController {
  constructor(@Inject(CONTEXT) private readonly context: CaptureContext) {}

  @OnWork(TOPICS.command)
  async command(records: Received<typeof TOPICS.command>[]): Promise<void> {
    const ours = records.map(({ event }) => event).filter(({ kind }) => CAPTURE_COMMANDS.includes(kind));
    await this.context.database.transaction(async (tx) => {
      for (const command of ours) await saveCommand(tx, command);
    });
    if (ours.length > 0) this.context.wake();
  }

  @OnWork(TOPICS.run)
  async run(records: Received<typeof TOPICS.run>[]): Promise<void> {
    for (const { event } of records) if (isAnswer(event)) await takeAnswer(this.context, event);
  }
}
