import { connect, type Socket } from 'node:net';
import { startFront } from './front.js';

export interface Silencer {
  /** the service, by way of the silencer */
  readonly address: string;
  /** Connections that are open carry nothing any more, in neither direction, and are not closed. New ones work. */
  silence(): void;
  /** connections that were silenced and that the client has not given up */
  silenced(): number;
}

/** In front of a service: a network that loses connections without a word, as a lost node or a firewall that forgets does. */
export const startSilencer = async (address: string): Promise<Silencer> => {
  const url = new URL(address);
  const { port, hostname } = url;
  const open = new Set<Socket>();
  const silenced = new Set<Socket>();
  url.hostname = '127.0.0.1';
  const front = await startFront((client, keep) => {
    const back = connect(Number(port), hostname);
    keep(back);
    open.add(client);
    client.pipe(back).pipe(client);
    client.on('close', () => {
      open.delete(client);
      silenced.delete(client);
      back.destroy();
    });
    back.on('close', () => {
      if (!silenced.has(client)) client.destroy();
    });
    client.once('silence', () => {
      client.unpipe(back);
      back.unpipe(client);
      // read, so that a client that closes is noticed; nothing goes on
      client.on('data', () => undefined).resume();
      back.on('data', () => undefined).resume();
    });
  });
  url.port = String(front);
  return {
    address: url.href.replace(/\/$/, address.endsWith('/') ? '/' : ''),
    silence: () => {
      for (const client of open) {
        silenced.add(client);
        client.emit('silence');
      }
    },
    silenced: () => silenced.size,
  };
};
