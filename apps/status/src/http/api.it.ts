import { readVariable } from '@collection-sync/testing';
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOPICS } from '@collection-sync/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collectionEvent,
  groupId,
  outcome,
  startFixture,
  targetId,
  TENANT,
  TOKEN,
  type Fixture,
} from '../../test/status-fixture.js';
import { schemathesis } from '../../test/schemathesis.js';

let status: Fixture;
let program: string;
let graph: Server;
beforeAll(async () => {
  program = await schemathesis();
  graph = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const isList = /\/groups\?/.test(request.url ?? '');
    response.statusCode = isList ? 200 : 404;
    response.end(
      JSON.stringify(isList ? { value: [] } : { error: { code: 'Request_ResourceNotFound', message: 'no' } }),
    );
  });
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve));
  const { port } = graph.address() as AddressInfo;
  status = await startFixture({ graphUrl: `http://127.0.0.1:${port}`, settings: { failedSignIns: 1_000_000 } });
  await status.publish(TOPICS.collection, collectionEvent('ABC00014'), collectionEvent('ABC00015', { type: 'user' }));
  const { body } = await status.request('POST', '/mappings', {
    tenantId: TENANT,
    groupId: groupId(1),
    groupName: 'Group',
    collectionId: 'ABC00014',
    preflight: 'skip',
  });
  await status.publish(TOPICS.membershipResult, {
    target: targetId(1),
    collection: 'ABC00014',
    activated: body['activated'] as number,
    merged: 10,
    sequence: 1,
    previous: 0,
    members: [outcome(1), outcome(2, { state: 'failed', code: 'ObjectNotFound' })],
  });
}, 400_000);
afterAll(async () => {
  await status.close();
  graph.close();
});

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'ignored_auth',
];

const lines = (child: ReturnType<typeof spawn>): Promise<{ code: number | null; text: string }> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data: Buffer) => (text += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (text += data.toString()));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, text }));
  });

describe('the API', () => {
  it('does what its own document says, whatever it is asked', async () => {
    const child = spawn(
      program,
      [
        'run',
        `${status.base}/api/v1/openapi.json`,
        `--header=Authorization: Bearer ${TOKEN}`,
        `--checks=${CHECKS.join(',')}`,
        '--phases=examples,coverage,fuzzing,stateful',
        '--max-examples=8',
        '--seed=1',
        '--continue-on-failure',
        // an endless answer
        '--exclude-operation-id=streamEvents',
        '--no-color',
        '--suppress-health-check=all',
        '--generation-database=none',
      ],
      { env: { PATH: readVariable('PATH'), HOME: readVariable('HOME') } },
    );
    const { code, text } = await lines(child);
    for (const phase of ['Coverage', 'Fuzzing', 'Stateful']) expect(text).toContain(phase);
    expect(code, text).toBe(0);
  }, 600_000);
});
