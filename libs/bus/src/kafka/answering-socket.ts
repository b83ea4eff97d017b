import net from 'node:net';
import tls from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { Watchdog } from './watchdog.js';

/** Above the longest that a broker has a fetch wait, and what a busy one needs. */
const TIMEOUT_MS = 10_000;
/** A node that is lost does not acknowledge probes either; Node sends ten of them, a second apart. */
const KEEP_ALIVE_MS = 10_000;
/** JoinGroup and SyncGroup wait for the other members, https://kafka.apache.org/protocol#protocol_api_keys. */
const WAITING_FOR_OTHERS: ReadonlySet<number> = new Set([11, 14]);
export const REBALANCE_MS = 60_000;
/** Size, then, of a request, its api key. */
const SIZE_BYTES = 4;

/**
 * Sockets to brokers that end when no answer can be expected any more. kafkajs gives up a request that is not answered, but keeps its
 * connection and sends the next one on it: a connection that died without a word (a lost node, a firewall that forgot it) would be used until TCP
 * gives up, which takes a quarter of an hour (tcp_retries2 in https://man7.org/linux/man-pages/man7/tcp.7.html).
 */
export const answeringSockets =
  (timeoutMs = TIMEOUT_MS): ISocketFactory =>
  ({ host, port, ssl, onConnect }) => {
    const name = net.isIP(host) ? {} : { servername: host };
    const socket = ssl
      ? tls.connect({ host, port, ...name, ...ssl }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    endUnanswered(socket, timeoutMs);
    return socket;
  };

/** A broker answers the requests of a connection in their order, so the first one without an answer is the one that is waited for. */
const endUnanswered = (socket: net.Socket, timeoutMs: number): void => {
  const waits: number[] = [];
  const mayWait = (): boolean => waits[0] === undefined || performance.now() < waits[0];
  const watchdog = new Watchdog(timeoutMs, mayWait, () =>
    socket.destroy(new Error(`no answer for ${timeoutMs / 1_000} s`)),
  );
  const answers = new FrameCounter();
  const write = socket.write.bind(socket) as (request: Buffer, ...rest: unknown[]) => boolean;
  socket.write = (request: Buffer, ...rest: unknown[]): boolean => {
    if (waits.length === 0) watchdog.seen();
    waits.push(performance.now() + (WAITING_FOR_OTHERS.has(request.readInt16BE(SIZE_BYTES)) ? REBALANCE_MS : 0));
    return write(request, ...rest);
  };
  socket.on('data', (bytes: Buffer) => {
    watchdog.seen();
    waits.splice(0, answers.count(bytes));
  });
  socket.on('close', () => watchdog.end());
};

/** Counts the frames of a stream that end in each piece of it: a size, then so many bytes. */
export class FrameCounter {
  #head = Buffer.alloc(0);
  #left = 0;

  count(bytes: Buffer): number {
    let ended = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.#left === 0) {
        const part = bytes.subarray(at, at + SIZE_BYTES - this.#head.length);
        this.#head = Buffer.concat([this.#head, part]);
        at += part.length;
        if (this.#head.length < SIZE_BYTES) break;
        this.#left = this.#head.readInt32BE(0);
        this.#head = Buffer.alloc(0);
      }
      const taken = Math.min(this.#left, bytes.length - at);
      this.#left -= taken;
      at += taken;
      if (this.#left === 0) ended += 1;
    }
    return ended;
  }
}
