import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { INestMicroservice } from '@nestjs/common';
import type { HandlerContext, Received, TopicName } from '@collection-sync/core';
import { type BatchHandler, OnState, OnWork, STATE, type Transport } from '../src/index.js';

export type AnyHandler = (records: Received<TopicName>[], context: HandlerContext<TopicName>) => Promise<void>;

/** A Nest app with one controller that has one handler per topic. */
const nestApp = async (
  transport: Transport,
  handlers: Partial<Record<TopicName, AnyHandler>>,
): Promise<INestMicroservice> => {
  class Consumer {}
  for (const [topic, handler] of Object.entries(handlers) as [TopicName, AnyHandler][]) {
    const method = `take ${topic}`;
    const descriptor: TypedPropertyDescriptor<BatchHandler<TopicName>> = {
      value: (records, context) => handler(records, context),
      writable: true,
      configurable: true,
    };
    Object.defineProperty(Consumer.prototype, method, descriptor);
    (transport.transportId === STATE ? OnState : OnWork)(topic)(Consumer.prototype, method, descriptor);
  }
  Controller()(Consumer);
  class App {}
  Module({ controllers: [Consumer] })(App);
  return NestFactory.createMicroservice(App, { strategy: transport, logger: false, abortOnError: false });
};

/** As above, and listening. */
export const consume = async (
  transport: Transport,
  handlers: Partial<Record<TopicName, AnyHandler>>,
): Promise<INestMicroservice> => {
  const app = await nestApp(transport, handlers);
  await app.listen();
  return app;
};
