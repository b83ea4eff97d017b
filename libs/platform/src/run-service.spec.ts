import { AppError } from '@collection-sync/core';
import { Module } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Health } from './health.js';
import { silentLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { runService, type RunningService, type ServiceOptions } from './run-service.js';
import { StubTransport } from '../test/stub-transport.js';

@Module({})
class Empty {}

const running: Promise<RunningService>[] = [];

const start = (options: Partial<ServiceOptions> & { caughtUp?: Promise<void> } = {}) => {
  const story: string[] = [];
  const health = new Health();
  const state = new StubTransport('state', story, options.caughtUp);
  const work = new StubTransport('work', story);
  const worker = { start: () => void story.push('worker starts'), stop: async () => void story.push('worker stopped') };
  const service = runService({
    name: 'test',
    module: { module: Empty },
    state,
    work,
    workers: () => [worker],
    log: silentLogger(),
    health,
    port: 0,
    ...options,
  });
  running.push(service);
  return { service, story, health, state, work };
};

afterEach(async () => {
  const settled = await Promise.allSettled(running.splice(0));
  await Promise.all(settled.map(async (one) => (one.status === 'fulfilled' ? one.value.close() : undefined)));
});

const get = async (url: string | undefined, path: string) => {
  const answer = await fetch(`${url}${path}`);
  return { status: answer.status, body: await answer.text() };
};

describe('runService', () => {
  it('starts in order and stops in order', async () => {
    const { service, story } = start({ beforeStart: async () => void story.push('migrated') });
    const { close } = await service;
    expect(story).toEqual(['migrated', 'state listens', 'work listens', 'worker starts']);
    story.length = 0;
    await Promise.all([close(), close()]);
    expect(story.slice(0, 3)).toEqual(['worker stopped', 'work closed', 'state closed']);
  });

  it('consumes no work before the state topics were read', async () => {
    const caughtUp = Promise.withResolvers<void>();
    const { service, story, health } = start({ caughtUp: caughtUp.promise });
    await vi.waitFor(() => expect(story).toEqual(['state listens']));
    expect(health.ready()).toBe(false);
    caughtUp.resolve();
    await service;
    expect(health.ready()).toBe(true);
  });

  it('answers health while it waits for what it needs, and goes on when that is there', async () => {
    let there = false;
    const { service, health } = start({
      beforeStart: async () => {
        if (!there) throw new AppError('DATABASE_UNAVAILABLE', 'The database does not answer: ECONNREFUSED.');
      },
    });
    await vi.waitFor(() => expect(health.report().parts['service']?.detail).toContain('ECONNREFUSED'));
    expect(health.report()).toMatchObject({ live: true, ready: false });
    there = true;
    const { url } = await service;
    expect(await get(url, '/health/ready')).toMatchObject({ status: 200 });
  });

  it('does not start when what it needs is refused for good', async () => {
    const refused = new AppError('DATABASE_TOO_NEW', 'The database has the migration 009-later.');
    const { service, story } = start({ beforeStart: () => Promise.reject(refused) });
    await expect(service).rejects.toBe(refused);
    expect(story).not.toContain('work listens');
  });

  it('is not live any more when a consumer is gone for good', async () => {
    const { service, work } = start();
    const { url, failed } = await service;
    work.gone.abort(new Error('the group is gone'));
    expect(await failed).toMatchObject({ message: 'the group is gone' });
    const { status, body } = await get(url, '/health/live');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ parts: { bus: { state: 'down', detail: 'the group is gone' } } });
  });

  it('with a management port, metrics and the details of health are there alone', async () => {
    const { service, health } = start({ managementPort: 0 });
    const { url = '', managementUrl = '' } = await service;
    health.set('bus', { state: 'waiting', detail: 'kafka-0.internal does not answer' });
    const status = async (address: string): Promise<number> => (await fetch(address)).status;
    expect([await status(`${url}/metrics`), await status(`${managementUrl}/metrics`)]).toEqual([404, 200]);
    const healthOf = async (address: string): Promise<string> => (await fetch(`${address}/health`)).text();
    expect(JSON.parse(await healthOf(url))).toMatchObject({ ready: true, parts: { bus: { state: 'waiting' } } });
    expect(await healthOf(url)).not.toContain('kafka-0.internal');
    expect(await healthOf(managementUrl)).toContain('kafka-0.internal');
    expect([await status(`${url}/health/ready`), await status(`${managementUrl}/health/ready`)]).toEqual([200, 200]);
  });

  it('gives up its start when a consumer is gone before the state topics were read', async () => {
    const { service, state } = start({ caughtUp: new Promise(() => undefined) });
    state.gone.abort(new Error('no such topic'));
    await expect(service).rejects.toThrow('no such topic');
  });

  it('serves metrics', async () => {
    const metrics = new Metrics('test');
    metrics.counter('merges_total', 'Transfers merged.', ['mode']).inc({ mode: 'full' }, 2);
    metrics.counter('merges_total', 'Transfers merged.', ['mode']).inc({ mode: 'full' });
    const { url } = await start({ metrics }).service;
    const { body } = await get(url, '/metrics');
    expect(body).toContain('collection_sync_merges_total{mode="full",service="test"} 3');
  });
});
