import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { TOPIC_SETTINGS, type HandlerContext, type Received, type TopicName } from '@collection-sync/core';
import { isObservable, lastValueFrom } from 'rxjs';
import { Deferred } from './deferred.js';

export type Around = (
  topic: string,
  records: readonly Pick<Received<TopicName>, 'headers' | 'partition'>[],
  work: () => Promise<void>,
) => Promise<void>;

/** A Nest strategy that feeds handlers with batches. Open it with `listen`, end it with `close`. */
export abstract class Transport extends Server implements CustomTransportStrategy {
  /** Aborted, with the real error as its reason, when this consumer has ended for good: the process must exit. */
  readonly failed: AbortSignal;
  override readonly propagatesEventHandlerErrors = true;
  /** Runs around the handling of each batch: a span, a timer. */
  around: Around = (_topic, _records, work) => work();
  private readonly failure = new AbortController();
  private readonly reached = new Deferred();

  constructor(override readonly transportId: symbol) {
    super();
    this.failed = this.failure.signal;
    this.failed.addEventListener('abort', () => this.reached.reject(this.failed.reason), { once: true });
  }

  /**
   * Resolves when everything that was in the topics at `listen` has been handled; for a work transport when it listens. Rejects when the
   * transport fails or closes before.
   */
  get caughtUp(): Promise<void> {
    return this.reached.promise;
  }

  abstract override listen(callback: (error?: unknown) => void): void;
  abstract override close(): Promise<void>;

  /** Refuses, at start-up, what would never be called or be called twice. */
  override addHandler(pattern: string, handler: MessageHandler, isEventHandler = false, extras = {}): void {
    if (!isTopic(pattern)) throw new Error(`The handler of ${pattern} is not marked with OnWork or OnState.`);
    if (this.messageHandlers.has(pattern)) throw new Error(`${pattern} has two handlers in one consumer of the app.`);
    super.addHandler(pattern, handler, isEventHandler, extras);
  }

  on(): never {
    throw new Error('This transport emits no events; look at failed, caughtUp and status.');
  }

  unwrap(): never {
    throw new Error('This transport hides its client.');
  }

  protected topics(): TopicName[] {
    return [...this.messageHandlers.keys()].filter(isTopic);
  }

  protected async handle(topic: TopicName, records: Received<TopicName>[], context: HandlerContext<TopicName>) {
    await this.around(topic, records, async () => {
      const result: unknown = await this.messageHandlers.get(topic)?.(records, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    });
  }

  protected markCaughtUp(): void {
    this.reached.resolve();
  }

  protected markClosed(reason: unknown): void {
    this.reached.reject(reason);
  }

  protected fail(error: unknown): void {
    this.failure.abort(error);
  }
}

const isTopic = (name: string): name is TopicName => Object.hasOwn(TOPIC_SETTINGS, name);
