import { promisify } from 'node:util';
import type koffi from 'koffi';
import type { Spnego } from './spnego.js';

const LIBRARY = process.platform === 'darwin' ? '/System/Library/Frameworks/GSS.framework/GSS' : 'libgssapi_krb5.so.2';

// RFC 2744: 1.3.6.1.5.5.2 (SPNEGO), 1.2.840.113554.1.2.2 (Kerberos), 1.2.840.113554.1.2.1.4 (a service at a host)
const SPNEGO = [0x2b, 6, 1, 5, 5, 2];
const KERBEROS = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2];
const HOST_BASED_SERVICE = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 1, 4];
const MUTUAL = 2;
const SEQUENCE = 8;
const OF_GSS = 1;
const OF_MECHANISM = 2;
const isError = (major: number): boolean => major >>> 16 !== 0;

type Type = Parameters<typeof koffi.alignof>[0];
type Cell<T> = [T];
interface Bytes {
  length?: number;
  value?: unknown;
}

/** GSSAPI of the machine: MIT Kerberos on Linux, the system's on macOS. */
export const gssapi = (c: typeof koffi): Spnego => {
  const library = c.load(LIBRARY);
  // Apple packs the structure on Intel
  const record = process.platform === 'darwin' && process.arch === 'x64' ? c.pack : c.struct;
  const oid = c.pointer(record({ length: 'uint32_t', elements: 'uint8_t *' }));
  const bytes = c.pointer(c.struct({ length: 'size_t', value: 'uint8_t *' }));
  const number = c.pointer('uint32_t');
  const handle = c.pointer('void *');
  // beside the event loop: a call may wait for the network
  const call = (name: string, parameters: Type[]) =>
    promisify(library.func(name, 'uint32_t', [c.out(number), ...parameters]).async) as (
      minor: Cell<number>,
      ...rest: unknown[]
    ) => Promise<number>;

  const importName = call('gss_import_name', [bytes, oid, c.out(handle)]);
  const releaseName = call('gss_release_name', [c.inout(handle)]);
  const begin = call('gss_init_sec_context', [
    ...['void *', c.inout(handle), 'void *', oid, 'uint32_t', 'uint32_t', 'void *', 'void *', 'void *'],
    ...[c.out(bytes), 'void *', 'void *'],
  ]);
  const end = call('gss_delete_sec_context', [c.inout(handle), 'void *']);
  const describe = call('gss_display_status', ['uint32_t', 'int', oid, c.inout(number), c.out(bytes)]);
  const releaseBytes = call('gss_release_buffer', [c.inout(bytes)]);

  const oidOf = (elements: number[]) => ({ length: elements.length, elements });
  const taken = async (from: Bytes): Promise<Buffer> => {
    const copy = Buffer.from(from.length ? (c.decode(from.value, 'uint8_t', from.length) as Uint8Array) : []);
    await releaseBytes([0], from);
    return copy;
  };
  const text = async (code: number, kind: number, mechanism: number[]): Promise<string> => {
    const more: Cell<number> = [0];
    const parts: string[] = [];
    do {
      const part: Bytes = {};
      if (isError(await describe([0], code, kind, oidOf(mechanism), more, part))) return `code ${code}`;
      parts.push((await taken(part)).toString());
    } while (more[0] !== 0);
    return parts.join(' ');
  };
  const failure = async (major: number, minor: number, mechanism: number[]): Promise<Error> =>
    new Error(`${await text(major, OF_GSS, mechanism)}: ${await text(minor, OF_MECHANISM, mechanism)}`);

  const firstToken = async (name: Cell<unknown>, mechanism: number[]): Promise<Buffer> => {
    const [minor, context, token]: [Cell<number>, Cell<unknown>, Bytes] = [[0], [null], {}];
    const flags = MUTUAL | SEQUENCE;
    const oid = oidOf(mechanism);
    const major = await begin(minor, null, context, name[0], oid, flags, 0, null, null, null, token, null, null);
    const made = await taken(token);
    if (context[0]) await end([0], context, null);
    if (isError(major)) throw await failure(major, minor[0], mechanism);
    return made;
  };

  return {
    token: async (service) => {
      const [minor, name]: [Cell<number>, Cell<unknown>] = [[0], [null]];
      const value = Buffer.from(service);
      const major = await importName(minor, { length: value.length, value }, oidOf(HOST_BASED_SERVICE), name);
      if (isError(major)) throw await failure(major, minor[0], KERBEROS);
      try {
        // SPNEGO says only that no mechanism is left; Kerberos says why
        return await firstToken(name, SPNEGO).catch(async (refused: unknown) => {
          await firstToken(name, KERBEROS);
          throw refused;
        });
      } finally {
        await releaseName([0], name);
      }
    },
  };
};
