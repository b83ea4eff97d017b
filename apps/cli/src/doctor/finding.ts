import { asAppError } from '@collection-sync/core';
import { CliError } from '../exit-codes.js';

/** What one check found. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'not checked';
  readonly detail: string;
  /** what to do, unless everything is well */
  readonly fix?: string;
}

const DEADLINE_MS = 15_000;

/** A check that cannot be done is a finding too. */
export const examine = async (check: string, work: () => Promise<Omit<Finding, 'check'>>): Promise<Finding> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new CliError(`no answer within ${DEADLINE_MS / 1_000} s`, 6, 'Check address, network and firewall.')),
      DEADLINE_MS,
    );
  });
  try {
    return { check, ...(await Promise.race([work(), late])) };
  } catch (error) {
    if (error instanceof CliError) return { check, state: 'failed', detail: error.message, fix: error.advice };
    const { message, advice } = asAppError(error);
    return { check, state: 'failed', detail: message, fix: advice };
  } finally {
    clearTimeout(timer);
  }
};

/** How far a clock is ahead of ours, in milliseconds, by the `Date` of an answer, which has whole seconds. */
export const skewOf = (there: number, askedAt: number): number => there + 500 - (askedAt + Date.now()) / 2;

export const ok = (detail: string): Omit<Finding, 'check'> => ({ state: 'ok', detail });
