import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.js';
import { whenDone } from './clean-up.js';

/**
 * TLS in front of a service that speaks none. Answers the port. `postgres`: the client first asks whether TLS is spoken, in plain bytes.
 */
export async function startTlsFront(
  address: string,
  { cert, key }: Certificate,
  options: { postgres?: boolean } = {},
): Promise<number> {
  const { hostname, port } = new URL(address);
  const secureContext = createSecureContext({ cert, key });
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const front = createServer((plain) => {
    keep(plain);
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
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  whenDone(async () => {
    for (const socket of sockets) socket.destroy();
    front.close();
  });
  return (front.address() as AddressInfo).port;
}
