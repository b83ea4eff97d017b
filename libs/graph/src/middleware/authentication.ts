import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Tokens } from '../tokens.js';
import { callOf } from './call.js';

/**
 * Signs every request of the client's own root. The SDK's own handler does so for https and known hosts only, which leaves out
 * stand-ins; here GraphClient has already refused every other address.
 */
export class Authentication implements Middleware {
  private next: Middleware | undefined;

  constructor(private readonly tokens: Tokens) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    try {
      call.token = await this.tokens.get();
      const headers = {
        ...(context.options?.headers as Record<string, string>),
        authorization: `Bearer ${call.token}`,
      };
      context.options = { ...context.options, headers };
      await this.next?.execute(context);
    } catch (error) {
      call.failure = error;
      throw error;
    }
  }
}
