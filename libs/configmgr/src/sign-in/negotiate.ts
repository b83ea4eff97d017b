import { AppError } from '@collection-sync/core';
import { gssapi } from './gssapi.js';
import type { SignIn } from './sign-in.js';
import type { Spnego } from './spnego.js';
import { sspi } from './sspi.js';

export interface NegotiateOptions {
  /** `HTTP@host`; made from the host of the URL when absent */
  readonly service?: string;
}

const NEEDED =
  'Install it (libgssapi-krb5-2 on Debian and Ubuntu, krb5-libs on Red Hat), or run the container image, which has it.';
const CHECK =
  'Check the keytab that KRB5_CLIENT_KTNAME names, or the ticket of kinit, and krb5.conf (docs/sources.md, Kerberos from Linux).';

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Opens it, so that a machine without it is told so before anything starts. @throws AppError SOURCE_SIGN_IN_REFUSED */
export const needKerberos = async (): Promise<void> => void (await openLibrary());

const openLibrary = async (): Promise<Spnego> => {
  try {
    const { default: koffi } = await import('koffi');
    return process.platform === 'win32' ? sspi(koffi) : gssapi(koffi);
  } catch (cause) {
    const [why] = reason(cause).split('\n');
    const what = `ADMINSERVICE_AUTH=negotiate needs the Kerberos library of the machine, which cannot be opened (${why}). ${NEEDED}`;
    throw new AppError('SOURCE_SIGN_IN_REFUSED', what, { cause });
  }
};

/**
 * Kerberos through SPNEGO: one fresh token for each request. The credential is that of the process: a keytab named by
 * KRB5_CLIENT_KTNAME, or a ticket cache.
 */
export const negotiateSignIn = (options: NegotiateOptions = {}): SignIn => {
  let library: Promise<Spnego> | undefined;
  return {
    authorization: async (host) => {
      library ??= openLibrary();
      const spnego = await library.catch((error: unknown) => {
        library = undefined;
        throw error;
      });
      try {
        const token = await spnego.token(options.service ?? `HTTP@${host}`);
        return `Negotiate ${token.toString('base64')}`;
      } catch (cause) {
        const what = `Kerberos gives no ticket for the site: ${reason(cause).replace(/\.$/, '')}. ${CHECK}`;
        throw new AppError('SOURCE_SIGN_IN_REFUSED', what, { cause });
      }
    },
    refused: () => undefined,
  };
};
