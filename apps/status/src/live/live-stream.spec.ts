import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../auth/actor.js';
import { LiveStream } from './live-stream.js';
import { LiveStreams } from './live-streams.js';

let server: Server;
let responses: ((response: ServerResponse) => void)[];
beforeEach(async () => {
  responses = [];
  server = createServer((_, response) => responses.shift()?.(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A response as the server has it, and as its reader has it. */
const connect = async (): Promise<{ response: ServerResponse; read: IncomingMessage }> => {
  const arrived = new Promise<ServerResponse>((resolve) => responses.push(resolve));
  const asked = get({ port: (server.address() as AddressInfo).port, agent: false });
  asked.on('error', () => undefined);
  const response = await arrived;
  response.writeHead(200).flushHeaders();
  const [read] = (await once(asked, 'response')) as [IncomingMessage];
  read.on('error', () => undefined);
  return { response, read };
};

it('ends with its token', async () => {
  const { response, read } = await connect();
  new LiveStream(response, Date.now() + 300);
  let text = '';
  read.on('data', (data: Buffer) => (text += data.toString()));
  await once(read, 'end');
  expect(text).toBe('event: hello\ndata: {}\n\n');
});

it('drops a reader that does not read, before much is kept for it', async () => {
  const { response, read } = await connect();
  read.pause();
  const stream = new LiveStream(response, undefined);
  let kept = 0;
  for (let n = 0; n < 1_000_000 && !response.destroyed; n += 1) {
    stream.send({ id: n, type: 'target', data: { kind: 'target', key: 'x'.repeat(100) } });
    kept = Math.max(kept, response.writableLength);
  }
  expect(response.destroyed).toBe(true);
  expect(kept).toBeLessThan(100_000);
  await stream.closed;
});

it('are bounded for each user', async () => {
  const streams = new LiveStreams();
  const actor = (subject: string): Actor => ({
    name: 'Rita',
    role: 'Reader',
    grants: [{ role: 'Reader' }],
    issuer: 'https://issuer.example',
    subject,
    objectId: null,
    client: null,
    address: null,
  });
  const open = async (subject: string): Promise<ServerResponse> => {
    const arrived = new Promise<ServerResponse>((resolve) => responses.push(resolve));
    get({ port: (server.address() as AddressInfo).port, agent: false }).on('error', () => undefined);
    const response = await arrived;
    streams.open(actor(subject), response);
    return response;
  };
  const first = await open('rita');
  for (let n = 1; n < 20; n += 1) await open('rita');
  await expect(open('rita')).rejects.toMatchObject({ status: 429 });
  await open('another of the same name');
  first.destroy();
  await once(first, 'close');
  await open('rita');
});
