import type { Call } from '../http/answer.js';
import { GraphRefusal } from '../graph/graph-error.js';

/** What a bearer header holds, or a refusal with 401 as Graph words it. */
export function bearerOf(call: Call): string {
  const token = /^Bearer\s+(\S+)$/i.exec(call.headers['authorization'] ?? '')?.[1];
  if (!token) throw unauthorized('Access token is empty.');
  return token;
}

export function unauthorized(message: string): GraphRefusal {
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': 'Bearer realm="", error="invalid_token"',
  });
}
