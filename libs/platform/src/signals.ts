import type { Logger } from './logger.js';
import { messageOf } from './describe-error.js';

export interface SignalOptions {
  log?: Logger;
  /** how long closing may take; 25 s by default, less than the 30 s of Kubernetes */
  drainMs?: number;
}

const DRAIN_MS = 25_000;

/** SIGTERM or SIGINT: close, then exit 0; exit 1 when closing fails or takes too long, or at the second signal. */
export const onSignals = (close: () => Promise<void>, { log, drainMs = DRAIN_MS }: SignalOptions = {}): void => {
  let closing = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(1);
    closing = true;
    log?.info({ signal }, 'stopping');
    setTimeout(() => {
      log?.error({ drainMs }, 'stopping took too long');
      process.exit(1);
    }, drainMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log?.error({ error }, `stopping failed: ${messageOf(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};
