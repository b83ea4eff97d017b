import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlClient } from './control/control-client.js';
import { AdminHttp } from './test-support/admin-http.js';
import { GraphHttp } from './test-support/graph-http.js';
import type { Addresses } from './start-simulator.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(args: string[]) {
  return runProcess({ file: 'apps/simulator/dist/main.js', args });
}

describe('the program', () => {
  it('prints its addresses as one line of JSON, serves them and ends on SIGTERM', async () => {
    const process = run([
      '--world',
      'ten-step',
      '--port',
      '0',
      '--static-token',
      'only-this',
      '--tls-port',
      '0',
      '--ca-file',
      join(folder, 'ca.pem'),
    ]);
    const addresses = JSON.parse(await process.line(/^\{/)) as Addresses;
    expect(await new AdminHttp(addresses.adminServiceUrl).list('SMS_Collection')).toHaveLength(11);
    expect((await new GraphHttp(addresses.graphUrl, 'only-this').get('/groups')).status).toBe(200);
    expect((await new GraphHttp(addresses.graphUrl, 'another').get('/groups')).status).toBe(401);
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(addresses.https!.ca);
    expect(await process.stop()).toMatchObject({ code: 0 });
  });

  it('reads a world from a file and sizes from the command line', async () => {
    const file = join(folder, 'world.json');
    await writeFile(
      file,
      JSON.stringify({ devices: [{ name: 'ONE' }], collections: [{ name: 'C', members: ['ONE'] }] }),
    );
    const own = run(['--world', file]);
    const addresses = JSON.parse(await own.line(/^\{/)) as Addresses;
    expect(await new AdminHttp(addresses.adminServiceUrl).list('SMS_R_System?$select=Name')).toEqual([{ Name: 'ONE' }]);
    await own.stop();
    const sized = run(['--world', 'small', '--devices', '123', '--collections', '4', '--users', '10']);
    const other = JSON.parse(await sized.line(/^\{/)) as Addresses;
    expect(await new AdminHttp(other.adminServiceUrl).list('SMS_R_System?$select=Name')).toHaveLength(123);
    await sized.stop();
  });

  it('keeps its world from one start to the next', async () => {
    const keep = join(folder, 'kept.json');
    const first = run(['--world', 'ten-step', '--keep', keep]);
    const before = JSON.parse(await first.line(/^\{/)) as Addresses;
    await new ControlClient(before.controlUrl).send('POST', '/devices', { name: 'LATER' });
    expect(await first.stop()).toMatchObject({ code: 0 });
    const second = run(['--world', 'ten-step', '--keep', keep]);
    const after = JSON.parse(await second.line(/^\{/)) as Addresses;
    const names = await new AdminHttp(after.adminServiceUrl).list("SMS_R_System?$select=Name&$filter=Name eq 'LATER'");
    expect(names).toEqual([{ Name: 'LATER' }]);
    await second.stop();
  });

  it.each<[string, string[], RegExp]>([
    ['a file that is not there', ['--world', 'no-such-file.json'], /could not start: ENOENT.*no-such-file\.json/],
    ['an unknown way to sign in', ['--adminservice-auth', 'magic'], /argument 'magic' is invalid/],
  ])('says what is wrong with %s and ends with 1', async (_, args, message) => {
    const process = run(args);
    expect(await process.exited).toMatchObject({ code: 1 });
    expect(process.tail()).toMatch(message);
  });
});
