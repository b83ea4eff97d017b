import { Problem } from '../http/problem.js';

interface Refusal {
  readonly advice?: string;
  /** whether it counts as a failed sign-in of its address: an ended token is no attack */
  readonly counts?: boolean;
}

/** 401 for a token that is not accepted; RFC 6750, section 3. */
export class SignInRefused extends Problem {
  readonly counts: boolean;

  constructor(detail: string, { advice, counts = false }: Refusal = {}) {
    super(401, detail, { advice }, { 'www-authenticate': `Bearer error="invalid_token"` });
    this.counts = counts;
  }
}

/** 401 for a request without any token: the challenge then carries no error code. */
export const noToken = (): Problem =>
  new Problem(
    401,
    'The request has no bearer token.',
    { advice: 'GET /api/v1/sign-in says how to get one.' },
    { 'www-authenticate': 'Bearer' },
  );
