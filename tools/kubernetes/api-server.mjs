import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { goProgram } from '../go/programs.mjs';

/** etcd and a kube-apiserver in a folder, without controllers and kubelets: it judges and keeps objects, nothing runs. */
export async function startApiServer(folder) {
  const [etcd, apiServer] = [await goProgram('etcd'), await goProgram('kube-apiserver')];
  const [client, peer, port] = await freePorts(3);
  const local = (number) => `http://127.0.0.1:${number}`;
  await mkdir(join(folder, 'certificates'), { recursive: true });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = (name) => join(folder, name);
  await writeFile(file('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await writeFile(file('accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  const token = randomBytes(24).toString('hex');
  await writeFile(file('tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const children = [
    start(folder, 'etcd', etcd, [
      `--data-dir=${file('etcd')}`,
      `--listen-client-urls=${local(client)}`,
      `--advertise-client-urls=${local(client)}`,
      `--listen-peer-urls=${local(peer)}`,
      `--initial-advertise-peer-urls=${local(peer)}`,
      `--initial-cluster=default=${local(peer)}`,
      '--unsafe-no-fsync',
    ]),
    start(folder, 'kube-apiserver', apiServer, [
      `--etcd-servers=${local(client)}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${file('certificates')}`,
      `--token-auth-file=${file('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${file('accounts.pub')}`,
      `--service-account-signing-key-file=${file('accounts.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
    ]),
  ];
  const stop = async () => {
    for (const child of children.reverse()) await child.stop();
  };
  const kubeconfig = file('kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(port, token), { mode: 0o600 });
  for (const end = Date.now() + 120_000; !(await isReady(kubeconfig)); await delay(500)) {
    if (Date.now() < end && children.every(({ running }) => running())) continue;
    const said = await Promise.all(children.map(({ log }) => readFile(log, 'utf8')));
    await stop();
    throw new Error(`the API server did not start:\n${said.map((text) => text.slice(-2_000)).join('\n')}`);
  }
  return { kubeconfig, stop };
}

function start(folder, name, program, args) {
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  const child = spawn(program, args, { stdio: ['ignore', output, output] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return {
    log,
    running: () => child.exitCode === null && child.signalCode === null,
    stop: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

async function isReady(kubeconfig) {
  const { kubectlOf } = await import('./kubectl.mjs');
  return kubectlOf(kubeconfig)(['get', '--raw', '/readyz']).then(
    () => true,
    () => false,
  );
}

const kubeconfigOf = (port, token) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
  });

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
