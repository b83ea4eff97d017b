import { AppError } from '@collection-sync/core';
import type { SignIn } from './sign-in.js';

/** The part of the package `kerberos` that is used; it is optional because it needs the Kerberos libraries of the machine. */
interface Kerberos {
  readonly GSS_MECH_OID_SPNEGO: number;
  initializeClient(
    service: string,
    options: { mechOID: number; principal?: string },
  ): Promise<{ step(challenge: string): Promise<string> }>;
}

export interface NegotiateOptions {
  /** `HTTP@host`; made from the host of the URL when absent */
  readonly service?: string;
  readonly principal?: string;
}

const PACKAGE: string = 'kerberos';

const REMEDY =
  'Its binding is fetched from github.com by npm ci, or compiled where build-essential, python3 and libkrb5-dev are installed; it opens libgssapi_krb5.so.2 (libgssapi-krb5-2). The container image has both.';

/** Loads it, so that a machine without it is told so before anything starts. @throws AppError SOURCE_SIGN_IN_REFUSED */
export const needKerberos = async (): Promise<void> => void (await loadKerberos());

const loadKerberos = async (): Promise<Kerberos> => {
  try {
    const loaded = (await import(PACKAGE)) as { default?: Kerberos } & Kerberos;
    return loaded.default ?? loaded;
  } catch (cause) {
    const [why] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    const what = `ADMINSERVICE_AUTH=negotiate needs the npm package kerberos, which cannot be loaded here (${why}). ${REMEDY}`;
    throw new AppError('SOURCE_SIGN_IN_REFUSED', what, { cause });
  }
};

/**
 * Kerberos through SPNEGO: one fresh token for each request. The credential is that of the process: a keytab named by
 * KRB5_CLIENT_KTNAME, or a ticket cache.
 */
export const negotiateSignIn = (options: NegotiateOptions = {}): SignIn => {
  let library: Promise<Kerberos> | undefined;
  return {
    authorization: async (host) => {
      library ??= loadKerberos();
      const kerberos = await library.catch((error: unknown) => {
        library = undefined;
        throw error;
      });
      const { principal } = options;
      try {
        const client = await kerberos.initializeClient(options.service ?? `HTTP@${host}`, {
          mechOID: kerberos.GSS_MECH_OID_SPNEGO,
          ...(principal ? { principal } : {}),
        });
        return `Negotiate ${await client.step('')}`;
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new AppError('SOURCE_SIGN_IN_REFUSED', `Kerberos gives no ticket for the site: ${why}`, { cause });
      }
    },
    refused: () => undefined,
  };
};
