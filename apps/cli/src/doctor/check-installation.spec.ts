import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkInstallation } from './check-installation.js';

it('signs in to the site as capture does: with the token of a file', async () => {
  const shown: (string | undefined)[] = [];
  const site = createServer((request, response) => {
    shown.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' });
    const row = request.url?.includes('SMS_Identification')
      ? { ThisSiteCode: 'ABC' }
      : { CollectionID: 'ABC00001', Name: 'All', CollectionType: 2, MemberCount: 1 };
    response.end(JSON.stringify({ value: [row] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => site.once('listening', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  const file = join(folder, 'token');
  await writeFile(file, 'from-the-file\n');
  const findings = await checkInstallation({
    ADMINSERVICE_URL: `http://127.0.0.1:${(site.address() as AddressInfo).port}/AdminService`,
    ADMINSERVICE_AUTH: 'bearer',
    ADMINSERVICE_TOKEN_PATH: file,
  });
  expect(new Set(shown)).toEqual(new Set(['Bearer from-the-file']));
  expect(findings.find(({ check }) => check === 'site')).toMatchObject({ state: 'ok' });
  site.closeAllConnections();
  site.close();
  await rm(folder, { recursive: true });
});
