import { z } from 'zod';

/** What the application's own token says of it. */
export interface Application {
  /** application permissions that were granted, such as GroupMember.ReadWrite.All */
  readonly roles: readonly string[];
  /** object id of its service principal */
  readonly object?: string;
}

const claims = z.object({ roles: z.array(z.string()).default([]), oid: z.string().optional() });

/**
 * Reads the claims of an access token without judging it: Graph does that. Undefined for a token that is no JWT.
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export const applicationOf = (token: string): Application | undefined => {
  const [, payload] = token.split('.');
  if (payload === undefined) return undefined;
  try {
    const { roles, oid } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return { roles, ...(oid ? { object: oid.toLowerCase() } : {}) };
  } catch {
    return undefined;
  }
};
