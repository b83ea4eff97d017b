export type { DatabaseOptions } from './connection.js';
export { Database } from './database.js';
export { databaseEnvironment, postgres, type DatabaseTuning } from './environment.js';
export { migrate } from './migrate.js';
export { onlyRow } from './only-row.js';
export { Outbox } from './outbox.js';
export { keepQuestions, takeQuestion } from './questions.js';
export type { CopyRows, Queryable, Session, Tx } from './queryable.js';
export { ServiceDatabase } from './service-database.js';
