import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { secretOf } from './credentials.js';
import { isSuccess } from './graph-failure.js';
import type { GraphClient } from './graph-client.js';
import type { CredentialConfig } from './tenant-config.js';

/** Tells when a credential ends; undefined where nobody here knows. */
export type CredentialEnd = () => Promise<Date | undefined>;

interface Registration {
  readonly passwordCredentials?: readonly { readonly hint: string | null; readonly endDateTime: string }[];
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DEADLINE_MS = 10_000;
/** https://learn.microsoft.com/graph/api/resources/passwordcredential */
const HINT_LENGTH = 3;

export const credentialEnd = (credential: CredentialConfig, client: GraphClient): CredentialEnd => {
  if (credential.kind === 'certificate')
    return async () => new X509Certificate(await readFile(credential.certificateFile)).validToDate;
  if (credential.kind === 'secret') return secretEnd(credential, client);
  return () => Promise.resolve(undefined);
};

/** Asked once a day, and again for another secret; an application that may not read its registration has no end to tell. */
const secretEnd = (credential: CredentialConfig & { kind: 'secret' }, client: GraphClient): CredentialEnd => {
  let known: { secret: string; end: Date | undefined; until: number } | undefined;
  return async () => {
    const secret = secretOf(credential);
    if (known?.secret === secret && performance.now() < known.until) return known.end;
    const before = known?.secret === secret ? known.end : undefined;
    const answer = await client
      .request<Registration>({
        method: 'GET',
        path: `/applications(appId='${credential.clientId}')`,
        query: { $select: 'passwordCredentials' },
        deadlineMs: DEADLINE_MS,
      })
      .catch(() => undefined);
    if (answer && isSuccess(answer)) known = { secret, end: endAmong(answer.body, secret), until: DAY_MS };
    else known = { secret, end: answer?.status === 403 ? undefined : before, until: HOUR_MS };
    known.until += performance.now();
    return known.end;
  };
};

/** A registration shows the beginning of each secret. Of several that fit, ours is one that has not ended; the first warns in time. */
const endAmong = ({ passwordCredentials = [] }: Registration, secret: string): Date | undefined => {
  const ends = passwordCredentials
    .filter(({ hint }) => hint === secret.slice(0, HINT_LENGTH))
    .map(({ endDateTime }) => new Date(endDateTime))
    .sort((one, other) => one.getTime() - other.getTime());
  return ends.find((end) => end.getTime() > Date.now()) ?? ends.at(-1);
};
