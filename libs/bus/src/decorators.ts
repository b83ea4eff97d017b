import { Catch, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { TOPIC_SETTINGS, type HandlerContext, type Received, type TopicName } from '@collection-sync/core';

/** Transport ids: which of an app's two consumers a handler belongs to. */
export const WORK = Symbol.for('collection-sync.work');
export const STATE = Symbol.for('collection-sync.state');

/** A batch of at most 500 records of one partition, in order. */
export type BatchHandler<T extends TopicName> = (records: Received<T>[], context: HandlerContext<T>) => Promise<void>;
type BatchHandlerDecorator<T extends TopicName> = <H extends BatchHandler<T>>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void;

/** Nest would replace an error by `{ status: 'error' }`; the transport decides by the error itself. */
@Catch()
class Rethrow {
  catch(error: unknown): never {
    throw error;
  }
}

const handles =
  <T extends TopicName>(topic: T, transport: symbol): BatchHandlerDecorator<T> =>
  (target, method, descriptor) => {
    EventPattern<string>(topic, transport)(target, method, descriptor);
    UseFilters(new Rethrow())(target, method, descriptor);
    Payload()(target, method, 0);
    Ctx()(target, method, 1);
  };

/**
 * Marks the controller method that takes the work of a topic. It stores and returns; what it has returned from is never delivered
 * again. A retryable AppError brings the same records again, after a pause; any other error ends the process.
 */
export const OnWork = <T extends TopicName>(topic: T): BatchHandlerDecorator<T> => handles(topic, WORK);

/** Marks the controller method that takes the state of a compacted topic: all of it at start, then what changes. */
export const OnState = <T extends TopicName>(topic: T): BatchHandlerDecorator<T> => {
  if (!TOPIC_SETTINGS[topic].compacted)
    throw new Error(`${topic} is not compacted: it has no state to read. Use OnWork.`);
  return handles(topic, STATE);
};
