import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate, startKerberos, startTlsFront } from '@collection-sync/testing';
import { ControlClient, startSimulator } from '@collection-sync/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AdminService, bearerSignIn, negotiateSignIn, noSignIn, type SignIn } from './index.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

const simulator = async (adminService: Record<string, unknown> = {}) => {
  const started = await startSimulator({ adminService });
  closing.push(() => started.close());
  return started;
};

const site = (
  url: string,
  signIn: SignIn = noSignIn,
  more: { ca?: string | (() => string); pageRows?: number } = {},
): AdminService => {
  const made = new AdminService({ url, signIn, attempts: 2, firstPauseMs: 5, ...more });
  closing.push(() => made.close());
  return made;
};

const all = async <T>(pages: AsyncIterable<{ items: readonly T[] }>): Promise<T[]> => {
  const items: T[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
};

describe('AdminService', () => {
  it.each([
    { name: 'anew for every request', odd: {} },
    { name: 'where NTLM is offered too', odd: { 'auth.ntlmLegs': true } },
    { name: 'where a connection stays signed in', odd: { 'auth.everyRequest': false } },
  ])('signs in with a Kerberos keytab, $name', async ({ odd }) => {
    const realm = await startKerberos();
    for (const [name, value] of Object.entries({ ...realm.serverEnv, ...realm.clientEnv })) vi.stubEnv(name, value);
    const { adminServiceUrl } = await simulator({ 'auth.mode': 'negotiate', ...odd });
    const negotiating = site(adminServiceUrl, negotiateSignIn({ service: 'HTTP@localhost' }));
    expect(await negotiating.name()).toBe('ABC');
    expect(await all(negotiating.members('ABC00014'))).toHaveLength(2);
    await expect(site(adminServiceUrl).name()).rejects.toMatchObject({ code: 'SOURCE_SIGN_IN_REFUSED' });
  });

  it('signs in with a keytab that was put there meanwhile, without a restart', async () => {
    const realm = await startKerberos();
    const folder = await mkdtemp(join(tmpdir(), 'keytab-'));
    closing.push(() => rm(folder, { recursive: true }));
    const keytab = join(folder, 'capture.keytab');
    const environment = { ...realm.serverEnv, ...realm.clientEnv, KRB5_CLIENT_KTNAME: keytab };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { adminServiceUrl } = await simulator({ 'auth.mode': 'negotiate' });
    const negotiating = site(adminServiceUrl, negotiateSignIn({ service: 'HTTP@localhost' }));
    await expect(negotiating.name()).rejects.toMatchObject({ code: 'SOURCE_SIGN_IN_REFUSED' });
    await copyFile(realm.clientEnv['KRB5_CLIENT_KTNAME'] ?? '', keytab);
    expect(await negotiating.name()).toBe('ABC');
  });

  it('says so when Kerberos gives no ticket, or the site refuses the one it got', async () => {
    const realm = await startKerberos();
    for (const [name, value] of Object.entries({ ...realm.serverEnv, ...realm.clientEnv })) vi.stubEnv(name, value);
    const { adminServiceUrl } = await simulator({ 'auth.mode': 'negotiate', 'auth.rejectToken': true });
    const refused = { code: 'SOURCE_SIGN_IN_REFUSED' };
    await expect(site(adminServiceUrl, negotiateSignIn({ service: 'HTTP@localhost' })).name()).rejects.toMatchObject(
      refused,
    );
    await expect(site(adminServiceUrl, negotiateSignIn({ service: 'HTTP@nowhere' })).name()).rejects.toMatchObject(
      refused,
    );
  });

  it('signs in with a token, and asks for a new one when it is refused', async () => {
    const { adminServiceUrl } = await simulator({ 'auth.mode': 'bearer' });
    let asked = 0;
    const signIn = bearerSignIn(() => `token-${(asked += 1)}`);
    expect(await site(adminServiceUrl, signIn).name()).toBe('ABC');
    signIn.refused();
    expect(await signIn.authorization('host')).toBe('Bearer token-2');
  });

  it('trusts the authority it was given and no other', async () => {
    const { adminServiceUrl } = await simulator();
    const certificate = await makeCertificate();
    const { pathname } = new URL(adminServiceUrl);
    const url = `https://localhost:${await startTlsFront(adminServiceUrl, certificate)}${pathname}`;
    expect(await site(url, noSignIn, { ca: certificate.cert }).name()).toBe('ABC');
    await expect(site(url).name()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });

    let authority = (await makeCertificate()).cert;
    const renewed = site(url, noSignIn, { ca: () => authority });
    await expect(renewed.name()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    authority = certificate.cert;
    expect(await renewed.name()).toBe('ABC');
  });

  it('reads a list to its end whatever the size of its pages', async () => {
    const { adminServiceUrl, controlUrl } = await simulator();
    const whole = await all(site(adminServiceUrl).collections());
    for (const pageRows of [1, 2, 3]) {
      expect(await all(site(adminServiceUrl, noSignIn, { pageRows }).collections())).toEqual(whole);
    }
    const oddities = [
      { 'paging.serverCap': 1 },
      { 'paging.serverCap': 0, 'paging.mode': 'nextLink', 'paging.pageSize': 1 },
      { 'paging.serverCap': 1, 'paging.mode': 'nextLink', 'paging.pageSize': 1 },
    ];
    for (const adminService of oddities) {
      await fetch(`${controlUrl}/switches`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ adminService }),
      });
      expect(await all(site(adminServiceUrl).collections())).toEqual(whole);
    }
  });

  it.each([
    { 'odata.refuse': ['or'], 'odata.refuseWith': '404' },
    { 'odata.refuse': ['or'], 'odata.refuseWith': 'empty' },
    { 'odata.refuse': ['or', 'orderby', 'compare'], 'odata.refuseWith': '400' },
    { 'odata.refuse': ['or', 'orderby', 'compare'], 'odata.refuseWith': 'empty' },
  ])('finds resources at a site with %j', async (switches) => {
    const { adminServiceUrl } = await simulator(switches);
    const service = site(adminServiceUrl);
    const ids = (await all(service.allResources('device'))).map(({ resource }) => resource);
    expect(ids.length).toBeGreaterThan(2);
    const { items } = await service.resources('device', ids);
    expect(items.map(({ resource }) => resource)).toEqual(ids);
    expect((await service.resources('device', [1, 2, 3])).items).toEqual([]);
  });

  it('finds a device with the kind of rule that its collection has it by', async () => {
    const { adminServiceUrl } = await simulator();
    const found = (collection: string, name: string) => site(adminServiceUrl).find('device', { name }, collection);
    const shown = { name: 'DeviceB', obsolete: false, client: true };
    expect(await found('ABC00014', 'DeviceB')).toMatchObject([{ ...shown, membership: 'direct' }]);
    expect(await found('SMS00001', 'DeviceB')).toMatchObject([{ ...shown, membership: 'rule' }]);
    expect(await found('ABC00014', 'DeviceA')).toMatchObject([{ membership: 'none' }]);
  });

  it('finds a user by each name that the site has, and takes no refusal for an answer', async () => {
    const { adminServiceUrl, controlUrl } = await simulator();
    const ann = { name: 'CONTOSO\\ann (Ann Lee)', userName: 'ann', upn: 'ann@contoso.com' };
    const control = new ControlClient(controlUrl);
    await control.send('POST', '/users', ann);
    const found = (name: string) => site(adminServiceUrl).find('user', { name }, 'ABC00014');
    for (const name of [ann.name, ann.upn, ann.userName, `CONTOSO\\${ann.userName}`])
      expect(await found(name)).toMatchObject([{ name: ann.name, identity: { upn: ann.upn } }]);
    expect(await found('ben')).toEqual([]);
    await control.switches({ adminService: { 'odata.refuse': ['stringOr'] } });
    await expect(found('CONTOSO\\ben')).rejects.toMatchObject({ code: 'SOURCE_REQUEST_REFUSED' });
  });

  it('tells a site that lets nobody ask from one that refuses a question', async () => {
    const denied = { code: 'SOURCE_ACCESS_DENIED', advice: expect.stringMatching(/SMS Admins.*SMS Provider/) };
    const noRole = await simulator({ 'rbac.denied': 'noRole' });
    await expect(site(noRole.adminServiceUrl).name()).rejects.toMatchObject(denied);
    const noWmi = await simulator({ 'rbac.denied': 'noWmi' });
    await expect(all(site(noWmi.adminServiceUrl).collections())).rejects.toMatchObject(denied);
  });
});
