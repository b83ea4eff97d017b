import type { Log, Publisher } from '@collection-sync/core';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { Outbox, outboxLag } from './outbox.js';
import { Relay } from './relay.js';

/** The database of one service, with its outbox and what empties it. */
export class ServiceDatabase extends Database {
  readonly outbox = new Outbox(this);

  /** Brings the schema up to date with the migrations of a folder. */
  migrate(folder: URL): Promise<void> {
    return migrate(this, folder);
  }

  relay(publisher: Publisher, log: Log): Relay {
    return new Relay(this, publisher, { name: this.schema, log });
  }

  /** How many records wait in the outbox, and for how many seconds the oldest one has. */
  outboxLag(): Promise<{ rows: number; oldestSeconds: number }> {
    return outboxLag(this);
  }
}
