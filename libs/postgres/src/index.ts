export type { DatabaseOptions } from './connection.js';
export { Database } from './database.js';
export { databaseEnvironment, postgres, type DatabaseTuning } from './environment.js';
export { migrate } from './migrate.js';
export { Outbox, outboxLag } from './outbox.js';
export type { CopyRows, Queryable, Session, Tx } from './queryable.js';
export { Relay, type RelayOptions } from './relay.js';
export { ServiceDatabase } from './service-database.js';
export { CONFLICT_STATES, UNAVAILABLE_STATES } from './sql-states.js';
