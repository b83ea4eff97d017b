import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/actor.js';
import { Problem } from '../http/problem.js';
import { LiveStream } from './live-stream.js';

const PER_USER = 20;
const IN_ALL = 500;

/** The open streams of this process, bounded for each user and in all. */
@Injectable()
export class LiveStreams {
  readonly #byUser = new Map<string, Set<LiveStream>>();

  /** @throws Problem 429 when the user, 503 when everybody has as many as there may be */
  open(actor: Actor, response: ServerResponse): LiveStream {
    const user = `${actor.issuer} ${actor.subject}`;
    const open = this.#byUser.get(user) ?? new Set();
    if (open.size >= PER_USER)
      throw new Problem(429, `${actor.name} has ${PER_USER} live streams already.`, {
        advice: 'Close windows of the console that are not needed, then try again.',
      });
    if (this.#count() >= IN_ALL)
      throw new Problem(503, 'This process serves no more live streams.', {}, { 'retry-after': '30' });
    response.writeHead(200, {
      ...(response.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream = new LiveStream(response, actor.expiresAt);
    this.#byUser.set(user, open.add(stream));
    void stream.closed.then(() => {
      open.delete(stream);
      if (open.size === 0) this.#byUser.delete(user);
    });
    return stream;
  }

  #count(): number {
    return [...this.#byUser.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
