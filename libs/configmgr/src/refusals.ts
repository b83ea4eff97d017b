import { AppError } from '@collection-sync/core';

/** The site understood a request and will not answer it in this form. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'SOURCE_REQUEST_REFUSED';

const REMEMBERED_MS = 60 * 60_000;

/** What a site refused is not tried again for an hour: an update of the site may bring it. */
export class Refusals {
  readonly #until = new Map<string, number>();

  add(what: string): void {
    this.#until.set(what, performance.now() + REMEMBERED_MS);
  }

  all(): string[] {
    return [...this.#until.keys()].filter((what) => this.has(what));
  }

  has(what: string): boolean {
    return performance.now() < (this.#until.get(what) ?? -Infinity);
  }
}
