import type { CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Carried } from './tracing/trace-handling.js';

/** A Nest transport with an end in sight. `close()` may be called more than once. */
export type Transport = Server &
  CustomTransportStrategy & {
    /** everything that was there at the start has been handled */
    readonly caughtUp: Promise<void>;
    /** gone for good: rejects, or is aborted with the reason */
    readonly failed: Promise<never> | AbortSignal;
    /** runs around the handling of each batch */
    around?: (topic: string, records: readonly Carried[], work: () => Promise<void>) => Promise<void>;
  };

/** Resolves with the error when the transport is gone for good. */
export const whenFailed = async ({ failed }: Pick<Transport, 'failed'>): Promise<unknown> => {
  if (!(failed instanceof AbortSignal)) return failed.catch((error: unknown) => error);
  if (!failed.aborted) await new Promise((resolve) => failed.addEventListener('abort', resolve, { once: true }));
  return failed.reason;
};
