import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSystem, type System } from './system.js';

interface Exported {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { traceId: string; name: string }[] }[];
  }[];
}

/** Stands for a collector: what it was sent, by trace. */
const traces = new Map<string, Set<string>>();
let collector: Server;
let system: System;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

beforeAll(async () => {
  collector = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      for (const { resource, scopeSpans } of (JSON.parse(body) as Exported).resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        for (const { traceId, name } of scopeSpans.flatMap(({ spans }) => spans)) {
          traces.set(traceId, (traces.get(traceId) ?? new Set()).add(`${service}: ${name}`));
        }
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_BSP_SCHEDULE_DELAY: '500' };
  system = await startSystem('distributed', { environment: endpoint });
}, 180_000);

afterAll(async () => {
  await system.close();
  collector.close();
});

it('one trace leads from what capture sent to the calls that change the group', async () => {
  const { tenantId } = system.simulator.addresses;
  const { id: groupId } = await system.simulator.group('Group1');
  await eventually(() => system.api.get('/collections/ABC00014'), { deadline: 60_000, what: 'the collection' });
  await system.api.post('/mappings', { tenantId, groupId, collectionId: 'ABC00014' });
  const whole = [
    'capture: serve collection',
    'capture: read collection',
    'capture: send content',
    'resolver: process collection-sync.membership-delta.v1',
    'writer: process collection-sync.membership-change.v1',
    'writer: merge',
    'writer: run',
    'writer: call Graph',
  ];
  await eventually(
    () => expect([...traces.values()].map((spans) => [...spans])).toContainEqual(expect.arrayContaining(whole)),
    {
      deadline: 90_000,
      what: 'a trace with all of them',
    },
  );
}, 180_000);
