import { connect } from 'node:net';
import { startFront } from './front.js';

export interface MovingAddress {
  readonly address: string;
  /** New connections lead to another server from now on; those that are open stay where they are. */
  moveTo(server: string): void;
}

/** The address that clients know of a service, whichever server it leads to. */
export const startMovingAddress = async (server: string): Promise<MovingAddress> => {
  let serving = new URL(server);
  const port = await startFront((client, keep) => {
    const back = connect(Number(serving.port), serving.hostname);
    keep(back);
    client.pipe(back).pipe(client);
    client.on('close', () => back.destroy());
    back.on('close', () => client.destroy());
  });
  const address = new URL(server);
  address.hostname = '127.0.0.1';
  address.port = String(port);
  return {
    address: address.href,
    moveTo: (next) => void (serving = new URL(next)),
  };
};
