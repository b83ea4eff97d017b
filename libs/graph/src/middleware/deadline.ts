import { AppError } from '@collection-sync/core';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { callOf } from './call.js';

/**
 * Last look at the monotonic clock before a request leaves: a process that was frozen after it had checked its lease must
 * not send what it had prepared. Also sets the exact address.
 */
export class Deadline implements Middleware {
  private next: Middleware | undefined;

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    context.request = call.url;
    if (performance.now() >= call.deadlineAt) {
      throw new AppError('GRAPH_UNAVAILABLE', 'the deadline passed before the request was sent');
    }
    await this.next?.execute(context);
  }
}
