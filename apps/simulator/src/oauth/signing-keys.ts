import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

/** The token service's keys. After a rotation old tokens stay good until their keys are forgotten. */
export class SigningKeys {
  readonly #keys: SigningKey[] = [];
  #serial = 0;

  async current(): Promise<SigningKey> {
    if (this.#keys.length === 0) await this.rotate(false);
    return this.#keys[0]!;
  }

  async rotate(forgetOld: boolean): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    this.#serial += 1;
    const kid = `simulator-${this.#serial}`;
    const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' };
    if (forgetOld) this.#keys.length = 0;
    this.#keys.unshift({ kid, privateKey, publicKey, jwk });
  }

  publicKey(kid: string | undefined): CryptoKey | undefined {
    return this.#keys.find((key) => key.kid === kid)?.publicKey;
  }

  jwks(): { keys: JWK[] } {
    return { keys: this.#keys.map((key) => key.jwk) };
  }
}
