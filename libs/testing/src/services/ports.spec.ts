import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts } from './ports.js';

it('finds distinct ports that can be listened on', async () => {
  const ports = await freePorts(5);
  expect(new Set(ports).size).toBe(5);
  const servers = await Promise.all(ports.map(listen));
  for (const server of servers) server.close();
});

function listen(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
