/** The part of the optional package `kerberos` that a server needs. */
interface KerberosServer {
  step(token: string): Promise<string>;
  readonly contextComplete: boolean;
  readonly username: string;
  readonly response: string;
}

interface KerberosModule {
  initializeServer(service: string): Promise<KerberosServer>;
}

const ANY_SERVICE_IN_KEYTAB = '';

let loaded: Promise<KerberosModule> | undefined;

/** The package is native and optional: it is loaded on first use, and its absence is explained. */
function load(): Promise<KerberosModule> {
  const name: string = 'kerberos';
  loaded ??= import(name).then(
    (module: { default: KerberosModule }) => module.default,
    () => {
      throw new Error(
        "auth.mode 'negotiate' needs the optional package 'kerberos'. Install libkrb5-dev (Debian: apt-get install libkrb5-dev), then run npm install again.",
      );
    },
  );
  return loaded;
}

export interface Accepted {
  principal: string;
  /** The token that completes mutual authentication, for the WWW-Authenticate header of the answer. */
  reply: string;
}

/** Accepts one SPNEGO token for a service whose key is in the keytab KRB5_KTNAME; undefined if it is not valid. */
export async function acceptNegotiate(token: string): Promise<Accepted | undefined> {
  const kerberos = await load();
  try {
    const server = await kerberos.initializeServer(ANY_SERVICE_IN_KEYTAB);
    await server.step(token);
    return server.contextComplete ? { principal: server.username, reply: server.response ?? '' } : undefined;
  } catch {
    return undefined;
  }
}
