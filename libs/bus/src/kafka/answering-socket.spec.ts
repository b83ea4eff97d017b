import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answeringSockets, FrameCounter, REBALANCE_MS } from './answering-socket.js';

const frame = (body: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
};

it('answers are counted however they are cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 })),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (bodies, cuts) => {
        const stream = Buffer.concat(bodies.map((body) => frame(Buffer.from(body))));
        const counter = new FrameCounter();
        let counted = 0;
        for (let at = 0, n = 0; at < stream.length; n += 1) {
          const next = at + (cuts[n % cuts.length] ?? 1);
          counted += counter.count(stream.subarray(at, next));
          at = next;
        }
        expect(counted).toBe(bodies.length);
      },
    ),
  );
});

describe('a socket to a broker', () => {
  const server = createServer();
  let socket: Socket;
  let broker: Socket;
  const TIMEOUT_MS = 10_000;
  const request = (apiKey: number): Buffer => {
    const body = Buffer.alloc(8);
    body.writeInt16BE(apiKey);
    return frame(body);
  };

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    socket = answeringSockets(TIMEOUT_MS)({
      host: '127.0.0.1',
      port,
      ssl: undefined as never,
      onConnect: () => undefined,
    });
    [broker] = await accepted;
    broker.resume();
  });
  afterEach(() => {
    socket.destroy();
    broker.destroy();
    vi.useRealTimers();
  });

  it('ends with an error when a request has no answer', async () => {
    socket.write(request(3));
    const failure = once(socket, 'error');
    vi.advanceTimersByTime(TIMEOUT_MS - 1_000);
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await failure).toMatchObject([{ message: 'no answer for 10 s' }]);
  });

  it.each([
    ['nothing was asked', []],
    ['a group waits for its other members', [11, 14]],
  ])('stays as long as %s', async (_what, apiKeys) => {
    for (const key of apiKeys) socket.write(request(key));
    vi.advanceTimersByTime(5 * TIMEOUT_MS);
    expect(socket.destroyed).toBe(false);
  });

  it('ends when the group cannot be waiting any more', async () => {
    socket.write(request(11));
    const failure = once(socket, 'error');
    vi.advanceTimersByTime(REBALANCE_MS + TIMEOUT_MS);
    await failure;
  });

  it('stays when all that was asked is answered', async () => {
    socket.write(request(3));
    socket.write(request(1));
    await once(broker, 'data');
    const answered = once(socket, 'data');
    broker.write(Buffer.concat([frame(Buffer.alloc(12)), frame(Buffer.alloc(3))]));
    await answered;
    vi.advanceTimersByTime(5 * TIMEOUT_MS);
    expect(socket.destroyed).toBe(false);
  });
});
