export interface Queryable {
  /**
   * Runs one statement. int8 arrives as number, jsonb parsed, timestamptz as Date. A JavaScript array is sent as an SQL array; give
   * JSON as text (`storableJson`). A NUL in a text arrives as U+FFFD.
   */
  query<R = Record<string, unknown>>(text: string, params?: unknown[]): Promise<R[]>;
  /** Runs one statement and answers how many rows it touched. */
  execute(text: string, params?: unknown[]): Promise<number>;
}

export type CopyRows = AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>;

export interface Tx extends Queryable {
  /** COPY … FROM STDIN, streamed. Objects and arrays are sent as JSON. Answers how many rows were written. */
  copyIn(table: string, columns: string[], rows: CopyRows): Promise<number>;
  /** Runs after the commit, never after a rollback. The action must not throw. */
  afterCommit(action: () => void): void;
}

/** One connection of its own, for advisory locks. */
export interface Session extends Queryable {
  /** Aborted when the connection is lost: whatever was locked through it is locked no more. */
  readonly released: AbortSignal;
  /** LISTEN on this connection. */
  notifications(channel: string, on: () => void): Promise<void>;
}
