import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { whenDone } from './clean-up.js';

/**
 * Something that stands in front of a service, on a port of its own that it answers. What is kept is destroyed, at the latest, when the
 * test file is done.
 */
export const startFront = async (serve: (client: Socket, keep: (socket: Socket) => void) => void): Promise<number> => {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const front = createServer((client) => {
    keep(client);
    serve(client, keep);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  whenDone(async () => {
    for (const socket of sockets) socket.destroy();
    front.close();
  });
  return (front.address() as AddressInfo).port;
};
