import { z } from 'zod';
import type { Identity } from './actor.js';

/** What a client has to know to sign in. */
export const signIn = z
  .discriminatedUnion('mode', [
    z.object({ mode: z.literal('token') }),
    z.object({
      mode: z.literal('oidc'),
      issuer: z.string(),
      clientId: z
        .string()
        .nullable()
        .describe('public client for the console (code with PKCE) and the command line (device code)'),
      scope: z.string(),
    }),
  ])
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signIn>;

/** Tells who a bearer token belongs to. Two implementations: OpenID provider, local token. */
export abstract class Authenticator {
  abstract readonly signIn: SignIn;
  /** @throws Problem 401 with the reason in words that give nothing away, 503 when the provider's keys cannot be had */
  abstract identify(token: string): Promise<Identity>;

  /** Where the console's pages sign in: the only other hosts that they may talk to. */
  origins(): readonly string[] {
    return [];
  }

  /** Learns what a page needs to know before it is served. Never fails: a provider that is away leaves what was known. */
  prepare(): Promise<void> {
    return Promise.resolve();
  }
}
