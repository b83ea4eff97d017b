import { promisify } from 'node:util';
import type koffi from 'koffi';

const LIBRARY = 'libgssapi_krb5.so.2';
const COMPLETE = 0;

type Type = Parameters<typeof koffi.alignof>[0];
type Cell = [unknown];
interface Bytes {
  length?: number;
  value?: unknown;
}

export interface Accepted {
  principal: string;
  /** The token that completes mutual authentication, for the WWW-Authenticate header of the answer. */
  reply: string;
}

let opened: Promise<ReturnType<typeof open>> | undefined;

/** Opened on first use, and its absence is explained. */
const load = () =>
  (opened ??= import('koffi')
    .then(({ default: c }) => open(c))
    .catch((cause: unknown) => {
      throw new Error(`auth.mode 'negotiate' needs ${LIBRARY}: apt-get install libgssapi-krb5-2`, { cause });
    }));

/** What a server needs of GSSAPI (RFC 2744). */
const open = (c: typeof koffi) => {
  const library = c.load(LIBRARY);
  const bytes = c.pointer(c.struct({ length: 'size_t', value: 'uint8_t *' }));
  const handle = c.pointer('void *');
  const call = (name: string, parameters: Type[]) =>
    promisify(library.func(name, 'uint32_t', [c.out(c.pointer('uint32_t')), ...parameters]).async) as (
      ...values: unknown[]
    ) => Promise<number>;
  const left = 'void *';
  const accept = call('gss_accept_sec_context', [
    ...[c.inout(handle), left, bytes, left, c.out(handle), left, c.out(bytes), left, left, left],
  ]);
  const display = call('gss_display_name', ['void *', c.out(bytes), 'void *']);
  const end = call('gss_delete_sec_context', [c.inout(handle), 'void *']);
  const releaseName = call('gss_release_name', [c.inout(handle)]);
  const releaseBytes = call('gss_release_buffer', [c.inout(bytes)]);
  const taken = async (from: Bytes): Promise<Buffer> => {
    const copy = Buffer.from(from.length ? (c.decode(from.value, 'uint8_t', from.length) as Uint8Array) : []);
    await releaseBytes([0], from);
    return copy;
  };
  return { accept, display, end, releaseName, taken };
};

/** Accepts one SPNEGO token for a service whose key is in the keytab KRB5_KTNAME; undefined if it is not valid. */
export async function acceptNegotiate(token: string): Promise<Accepted | undefined> {
  const gss = await load();
  const [context, name, reply, shown]: [Cell, Cell, Bytes, Bytes] = [[null], [null], {}, {}];
  const value = Buffer.from(token, 'base64');
  const asked = { length: value.length, value };
  const status = await gss.accept([0], context, null, asked, null, name, null, reply, null, null, null);
  const answer = await gss.taken(reply);
  if (context[0]) await gss.end([0], context, null);
  if (status !== COMPLETE) {
    if (name[0]) await gss.releaseName([0], name);
    return undefined;
  }
  await gss.display([0], name[0], shown, null);
  await gss.releaseName([0], name);
  return { principal: (await gss.taken(shown)).toString(), reply: answer.toString('base64') };
}
