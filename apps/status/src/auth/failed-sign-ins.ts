import type { FastifyInstance, FastifyRequest } from 'fastify';

type Counter = ReturnType<FastifyInstance['createRateLimit']>;

/** Failed sign-ins by address; the web server that counts them is there before any request. */
export class FailedSignIns {
  #counter: Counter | undefined;

  countWith(counter: Counter): void {
    this.#counter = counter;
  }

  add(request: FastifyRequest): ReturnType<Counter> {
    if (!this.#counter) throw new Error('the counter of failed sign-ins is made before any request');
    return this.#counter(request);
  }
}
