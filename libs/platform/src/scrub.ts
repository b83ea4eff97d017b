/** Properties whose values never reach a log, whatever holds them. */
export const SECRET_PROPERTIES = [
  'authorization',
  'Authorization',
  'clientSecret',
  'cookie',
  'key',
  'passphrase',
  'password',
  'secret',
  'token',
  'accessToken',
] as const;

const CREDENTIALS_IN_URL = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*):[^\s/@"]+@/gi;
const BEARER = /\b(Bearer|Negotiate|Basic) [A-Za-z0-9._~+/-]{8,}=*/g;
const JWT = /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g;

/** Takes credentials out of a finished log line, also those in foreign error messages. */
export const scrub = (line: string): string =>
  line.replace(CREDENTIALS_IN_URL, '$1:***@').replace(BEARER, '$1 ***').replace(JWT, '***');
