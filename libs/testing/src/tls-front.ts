import { once } from 'node:events';
import { connect } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.js';
import { startFront } from './front.js';

/**
 * TLS in front of a service that speaks none. Answers the port. `postgres`: the client first asks whether TLS is spoken, in plain bytes.
 */
export function startTlsFront(
  address: string,
  { cert, key }: Certificate,
  options: { postgres?: boolean } = {},
): Promise<number> {
  const { hostname, port } = new URL(address);
  const secureContext = createSecureContext({ cert, key });
  return startFront((plain, keep) => {
    void (async () => {
      if (options.postgres) {
        await once(plain, 'data');
        plain.pause();
        plain.write('S');
      }
      const secure = new TLSSocket(plain, { isServer: true, secureContext });
      const back = connect(Number(port), hostname);
      keep(secure);
      keep(back);
      secure.pipe(back).pipe(secure);
      secure.on('close', () => back.destroy());
      back.on('close', () => secure.destroy());
    })().catch(() => plain.destroy());
  });
}
