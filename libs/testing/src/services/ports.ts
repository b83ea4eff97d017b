import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

// Below the ports that systems hand out to outgoing connections (RFC 6056 names 32768 and 49152 as usual beginnings): a service that is down
// for a moment then finds its port free when it comes back.
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** Distinct TCP ports of the loopback address that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count && tries < 200; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) found.add(port);
  }
  if (found.size < count) throw new Error(`no free port between ${LOWEST} and ${HIGHEST} on 127.0.0.1`);
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
