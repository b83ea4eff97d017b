import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';
import { keptLog } from '../test/kept-log.js';
import { consume } from '../test/nest-consumer.js';
import { work } from '../test/records.js';
import { InProcessBus, MemoryCompactedStore, OnState, OnWork } from './index.js';

type Commands = Received<typeof TOPICS.command>[];

const newBus = () => new InProcessBus({ store: new MemoryCompactedStore(), log: keptLog() });

const start = (bus: InProcessBus, ...controllers: (new () => unknown)[]) => {
  class App {}
  Module({ controllers })(App);
  const options = { strategy: bus.work('one'), logger: false, abortOnError: false } as const;
  return NestFactory.createMicroservice(App, options).then((app) => app.listen());
};

describe('the handlers of an app', () => {
  it('are refused at start-up when two take the work of one topic', async () => {
    class First {
      @OnWork(TOPICS.command)
      async take(_records: Commands, _context: HandlerContext<typeof TOPICS.command>): Promise<void> {}
    }
    class Second {
      @OnWork(TOPICS.command)
      async take(_records: Commands): Promise<void> {}
    }
    Controller()(First);
    Controller()(Second);
    await expect(start(newBus(), First, Second)).rejects.toThrow('collection-sync.command.v1 has two handlers');
  });

  it('may take a topic as work and as state', async () => {
    class Both {
      @OnWork(TOPICS.mapping)
      async work(): Promise<void> {}
      @OnState(TOPICS.mapping)
      async state(): Promise<void> {}
    }
    Controller()(Both);
    await start(newBus(), Both);
  });

  it.each([EventPattern('collection-sync.unknown.v1'), MessagePattern('ask')])(
    'are refused at start-up when nothing would ever call them',
    async (decorate) => {
      class Stray {
        async take(): Promise<void> {}
      }
      decorate(Stray.prototype, 'take', Object.getOwnPropertyDescriptor(Stray.prototype, 'take')!);
      Controller()(Stray);
      await expect(start(newBus(), Stray)).rejects.toThrow('not marked with OnWork or OnState');
    },
  );

  it('cannot read the state of a topic that has none', () => {
    expect(() => OnState(TOPICS.command)).toThrow('not compacted');
  });

  it('may be classes with a filter of their own: the transport still gets the very error', async () => {
    const bus = newBus();
    const defect = new RangeError('defect');
    const transport = bus.work('one');
    await consume(transport, { [TOPICS.directoryChange]: () => Promise.reject(defect) });
    await expect(bus.publisher.publish([work(1, 1)])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    expect(transport.failed.reason).toBe(defect);
  });
});
