/** Something that works in the background from start to stop. */
export interface Worker {
  start(): void;
  /** Resolves when nothing of it is under way. */
  stop(): Promise<void>;
  /** Something was stored: look at once. */
  wake?(): void;
}
