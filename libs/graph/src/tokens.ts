import type { TokenCredential } from '@azure/identity';
import { AppError, storableText, type AccessToken } from '@collection-sync/core';

/** A token is renewed this long before it expires. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** The access token of one tenant: asked for once at a time, kept until shortly before it expires. */
export class Tokens {
  private credential: TokenCredential | undefined;
  private current: AccessToken | undefined;
  private pending: Promise<AccessToken> | undefined;

  constructor(
    private readonly create: () => TokenCredential,
    private readonly scope: string,
    private readonly tenant: string,
  ) {}

  /** @throws AppError GRAPH_SIGN_IN_REFUSED, GRAPH_UNAVAILABLE */
  async get(): Promise<string> {
    return (await this.access()).token;
  }

  /** The same with the time at which it ends. */
  async access(): Promise<AccessToken> {
    if (this.current && this.current.expiresOnTimestamp - Date.now() > RENEW_BEFORE_MS) return this.current;
    this.pending ??= this.ask().finally(() => (this.pending = undefined));
    return this.pending;
  }

  /** Forgets a token that was refused, with whatever the credential keeps. A newer one than `refused` stays. */
  forget(refused: string): void {
    if (this.current?.token !== refused) return;
    this.current = undefined;
    this.credential = undefined;
  }

  private async ask(): Promise<AccessToken> {
    try {
      this.credential ??= this.create();
      const token = await this.credential.getToken(this.scope);
      if (!token) throw new Error('the credential gave no token');
      this.current = token;
      return token;
    } catch (error) {
      // a secret or certificate may have been replaced in its file: the next sign-in reads it again
      this.credential = undefined;
      throw translate(error, this.tenant);
    }
  }
}

const NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|network[_ ]error|fetch failed/i;

/** Entra's own words tell an operator most (AADSTS codes); they contain no secret. */
const translate = (error: unknown, tenant: string): AppError => {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const message = storableText(line, 500);
  const code = NETWORK.test(`${message} ${causesOf(error)}`) ? 'GRAPH_UNAVAILABLE' : 'GRAPH_SIGN_IN_REFUSED';
  return new AppError(code, `sign-in to tenant ${tenant} failed: ${message}`, { cause: error });
};

const causesOf = (error: unknown): string => {
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error && texts.length < 5; at = at.cause) {
    texts.push(at.message, String((at as { code?: unknown }).code ?? ''));
  }
  return texts.join(' ');
};
