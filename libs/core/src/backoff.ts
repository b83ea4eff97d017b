/** Waits after failures in a row that may pass. */
export interface Backoff {
  /** after the first one; doubled with each further one */
  readonly firstMs: number;
  readonly maxMs: number;
}

/** The wait after so many failures in a row, the last half of it left to chance, so that many do not come back at once. */
export const backoffMs = ({ firstMs, maxMs }: Backoff, failures: number): number =>
  Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + Math.random() / 2);
