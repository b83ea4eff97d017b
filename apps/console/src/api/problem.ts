import type { components } from '@collection-sync/api';
import { t } from '../i18n/t.js';

type ProblemDocument = components['schemas']['Problem'];

/** An answer of the API that says no, or no answer at all (status 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly title: string,
    message: string,
    readonly advice: string | undefined,
    /** what is wrong with a field of the body, by its path, such as `policy.guard.maxShare` */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

const isDocument = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' && value !== null && 'title' in value && 'status' in value;

const fieldsOf = ({ errors = [] }: ProblemDocument): Record<string, string> =>
  Object.fromEntries(errors.map(({ field, message }) => [field.replace(/^body\./, ''), message]));

export const problemOf = (status: number, body: unknown): ApiProblem =>
  isDocument(body)
    ? new ApiProblem(status, body.title, body.detail ?? body.title, body.advice, fieldsOf(body))
    : new ApiProblem(
        status,
        t('problem.title'),
        t('problem.unexpected', { status: String(status) }),
        t('problem.retry'),
      );

/** Whatever was thrown, in words for a reader. */
export const toProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem(0, t('problem.unreachable.title'), t('problem.unreachable'), t('problem.unreachable.advice'));
