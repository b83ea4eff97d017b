export type { DatabaseOptions } from './connection.js';
export { Database } from './database.js';
export { startEmbeddedServer, type EmbeddedServer } from './embedded/embedded-server.js';
export { migrate } from './migrate.js';
export { Outbox, outboxLag } from './outbox.js';
export type { CopyRows, Queryable, Session, Tx } from './queryable.js';
export { Relay, type RelayLog, type RelayOptions } from './relay.js';
export { CONFLICT_STATES, UNAVAILABLE_STATES } from './sql-states.js';
