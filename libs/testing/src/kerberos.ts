import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenDone } from './clean-up.js';
import { withEnvironment } from './environment.js';
import { eventually } from './eventually.js';
import { installPackages, succeeds } from './services/install-packages.js';
import { freePorts } from './services/ports.js';
import { runCommand } from './services/run-command.js';

const PACKAGES = ['krb5-kdc', 'krb5-admin-server', 'krb5-user'];
const REALM = 'SIMULATOR.TEST';
const SERVICE = 'HTTP/localhost';
const CLIENT = 'reader';

export interface KerberosRealm {
  realm: string;
  /** The service's and the client's principal. */
  service: string;
  client: string;
  /** For a process that accepts tokens for the service. */
  serverEnv: Record<string, string>;
  /** For a process that signs in as the client: no kinit is needed. */
  clientEnv: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * Starts a key distribution centre for a private realm on a loopback port, with one service (HTTP/localhost) and one client, all in one
 * temporary folder. It is stopped, at the latest, when the test file is done. Throws with what to install when the programs are missing.
 */
export async function startKerberos(): Promise<KerberosRealm> {
  await prepareKerberos();
  const folder = await mkdtemp(join(tmpdir(), 'kerberos-'));
  const [port] = await freePorts(1);
  const files = await configure(folder, port!);
  const common = { KRB5_CONFIG: files.config, KRB5_KDC_PROFILE: files.kdcProfile };
  const env = withEnvironment(common);
  const admin = (query: string) => runCommand('kadmin.local', ['-r', REALM, '-q', query], { env, deadline: 30_000 });
  await runCommand('kdb5_util', ['create', '-s', '-r', REALM, '-P', 'realm'], { env, deadline: 30_000 });
  for (const [principal, keytab] of [
    [SERVICE, files.serverKeytab],
    [CLIENT, files.clientKeytab],
  ] as const) {
    await admin(`addprinc -randkey ${principal}`);
    await admin(`ktadd -k ${keytab} ${principal}`);
  }
  const stopKdc = await runKdc(env, port!);
  const stop = async () => {
    await stopKdc();
    await rm(folder, { recursive: true, force: true });
  };
  whenDone(stop);
  return {
    realm: REALM,
    service: SERVICE,
    client: `${CLIENT}@${REALM}`,
    serverEnv: { KRB5_CONFIG: files.config, KRB5_KTNAME: files.serverKeytab, KRB5RCACHETYPE: 'none' },
    clientEnv: { KRB5_CONFIG: files.config, KRB5_CLIENT_KTNAME: files.clientKeytab, KRB5CCNAME: `MEMORY:${folder}` },
    stop,
  };
}

/** Installs what is missing, where that is allowed. Once for a run of tests: packages must not change while tests use them. */
export async function prepareKerberos(): Promise<void> {
  const there = async () => (await isProgram('krb5kdc')) && (await isProgram('kadmin.local')) && isProgram('kdb5_util');
  if (await there()) return;
  await installPackages(PACKAGES, () => undefined);
  if (await there()) return;
  throw new Error(`The Kerberos programs are missing. Install them: apt-get install ${PACKAGES.join(' ')}`);
}

function isProgram(name: string): Promise<boolean> {
  return succeeds('sh', ['-c', `command -v ${name}`]);
}

async function configure(folder: string, port: number) {
  const path = (name: string) => join(folder, name);
  const files = {
    config: path('krb5.conf'),
    kdcProfile: path('kdc.conf'),
    serverKeytab: path('server.keytab'),
    clientKeytab: path('client.keytab'),
  };
  const config = `[libdefaults]
  default_realm = ${REALM}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
[realms]
  ${REALM} = {
    kdc = 127.0.0.1:${port}
  }
[domain_realm]
  localhost = ${REALM}
`;
  const kdc = `[kdcdefaults]
  kdc_listen = 127.0.0.1:${port}
  kdc_tcp_listen = 127.0.0.1:${port}
[realms]
  ${REALM} = {
    database_name = ${path('principal')}
    key_stash_file = ${path('stash')}
    acl_file = ${path('acl')}
  }
[logging]
  kdc = FILE:${path('kdc.log')}
`;
  await writeFile(files.config, config);
  await writeFile(files.kdcProfile, kdc);
  return files;
}

async function runKdc(env: NodeJS.ProcessEnv, port: number): Promise<() => Promise<void>> {
  const kdc = spawn('krb5kdc', ['-n'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  kdc.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = new Promise<void>((resolve) => kdc.once('close', () => resolve()));
  const killNow = () => kdc.kill('SIGKILL');
  process.once('exit', killNow);
  await eventually(() => isListening(port), {
    deadline: 15_000,
    what: `the key distribution centre to listen on ${port}; it printed: ${printed}`,
  });
  return async () => {
    process.removeListener('exit', killNow);
    kdc.kill('SIGTERM');
    await ended;
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
