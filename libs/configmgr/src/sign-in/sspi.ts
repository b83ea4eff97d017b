import { promisify } from 'node:util';
import type koffi from 'koffi';
import type { Spnego } from './spnego.js';

// sspi.h of the Windows SDK
const OUTBOUND = 2;
const MUTUAL_AUTH = 2;
const ALLOCATE_MEMORY = 0x100;
const NATIVE_DREP = 0x10;
const TOKEN = 2;

type Type = Parameters<typeof koffi.alignof>[0];

/** SSPI of Windows: the account of the process. Untried. */
export const sspi = (c: typeof koffi): Spnego => {
  const library = c.load('secur32.dll');
  const handle = c.pointer(c.struct({ lower: 'uintptr_t', upper: 'uintptr_t' }));
  const buffer = c.struct({ length: 'uint32_t', type: 'uint32_t', value: 'void *' });
  const buffers = c.pointer(c.struct({ version: 'uint32_t', count: 'uint32_t', first: 'void *' }));
  const time = c.out(c.pointer('int64_t'));
  // beside the event loop: a call may wait for the network
  const call = (name: string, parameters: Type[]) =>
    promisify(library.func(name, 'int32_t', parameters).async) as (...rest: unknown[]) => Promise<number>;

  const acquire = call('AcquireCredentialsHandleW', [
    ...['str16', 'str16', 'uint32_t', 'void *', 'void *', 'void *', 'void *'],
    ...[c.out(handle), time],
  ]);
  const begin = call('InitializeSecurityContextW', [
    ...[handle, 'void *', 'str16', 'uint32_t', 'uint32_t', 'uint32_t', 'void *', 'uint32_t'],
    ...[c.out(handle), buffers, c.out(c.pointer('uint32_t')), time],
  ]);
  const end = call('DeleteSecurityContext', [handle]);
  const release = call('FreeCredentialsHandle', [handle]);
  const releaseBytes = call('FreeContextBuffer', ['void *']);
  const must = (what: string, status: number): void => {
    if (status < 0) throw new Error(`${what} answers 0x${(status >>> 0).toString(16)}`);
  };

  const firstToken = async (credential: object, service: string): Promise<Buffer> => {
    const output = c.alloc(buffer, 1) as unknown;
    try {
      c.encode(output, buffer, { length: 0, type: TOKEN, value: null });
      const context = {};
      const wants = MUTUAL_AUTH | ALLOCATE_MEMORY;
      const to = { version: 0, count: 1, first: output };
      const target = service.replace('@', '/');
      const status = await begin(credential, null, target, wants, 0, NATIVE_DREP, null, 0, context, to, [0], [0]);
      must('InitializeSecurityContext', status);
      const { length, value } = c.decode(output, buffer) as { length: number; value: unknown };
      const token = Buffer.from(c.decode(value, 'uint8_t', length) as Uint8Array);
      await releaseBytes(value);
      await end(context);
      return token;
    } finally {
      c.free(output);
    }
  };

  return {
    token: async (service) => {
      const credential = {};
      must(
        'AcquireCredentialsHandle',
        await acquire(null, 'Negotiate', OUTBOUND, null, null, null, null, credential, [0]),
      );
      return firstToken(credential, service).finally(() => release(credential));
    },
  };
};
