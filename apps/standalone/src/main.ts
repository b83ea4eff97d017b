import { join, resolve } from 'node:path';
import { mapDemoCollections } from '@collection-sync/demo';
import { readEnvironment, runMain, tlsOf, type Logger, type Running } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { localToken } from '@collection-sync/status';
import { claimFolder } from './claim-folder.js';
import { startEmbeddedServer } from './embedded-server.js';
import { holdInstanceLock } from './instance-lock.js';
import { outsideGiven, outsideSimulated, type Outside } from './outside.js';
import { signInEnvironment, standaloneEnvironment, teamEnvironment } from './standalone.env.js';
import { startStandalone } from './standalone.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const start = async (log: Logger): Promise<Running> => {
  // everything is checked before anything starts
  const isForTeam = readEnvironment(signInEnvironment).API_AUTH === 'oidc';
  const environment = readEnvironment(isForTeam ? teamEnvironment : standaloneEnvironment);
  const given = await outsideGiven();
  const folder = resolve(environment.DATA_DIR);
  await claimFolder(folder, given ? 'real' : 'simulated');

  await using started = new AsyncDisposableStack();
  const server = environment.DATABASE_URL ? undefined : await startEmbeddedServer(folder);
  // one that was running may be another process's, until the lock is ours
  let serverIsOurs = server?.adopted === false;
  started.defer(async () => (serverIsOurs ? await server?.stop() : undefined));
  print(
    server ? `PostgreSQL ${server.adopted ? 'was still running' : 'started'}` : 'PostgreSQL is given by DATABASE_URL',
  );
  const databaseUrl = environment.DATABASE_URL ?? server?.url ?? '';
  const lock = new Database({ url: databaseUrl, schema: 'bus', application: 'standalone' });
  started.defer(() => lock.close());
  started.defer(await holdInstanceLock(lock));
  serverIsOurs = true;

  const outside: Outside = given ? { source: given } : await outsideSimulated(folder);
  const { simulator } = outside;
  if (simulator) started.defer(() => simulator.stop());
  print(
    simulator
      ? 'Site and tenant are simulated; set ADMINSERVICE_URL and a tenant for real ones'
      : 'Site and tenant are given by the environment',
  );
  const tokenFile = join(folder, 'token');
  const token = isForTeam ? undefined : await localToken(tokenFile);
  const standalone = await startStandalone({
    source: outside.source,
    databaseUrl,
    ...(token === undefined ? {} : { token }),
    http: { host: environment.HOST, port: environment.PORT, ...tlsOf(environment) },
    log,
  });
  started.defer(() => standalone.close());

  print(`\nCollection Sync is ready: ${standalone.url}/`);
  if (token === undefined) print('Sign in with an account of the OpenID provider\n');
  else {
    // a log keeps what is written to it
    print(`Sign in with the token in ${tokenFile}${process.stdout.isTTY ? `:  ${token}` : ''}`);
    print(`  curl -H "Authorization: Bearer $(cat ${tokenFile})" ${standalone.url}/api/v1/collections\n`);
  }
  if (simulator && token !== undefined) {
    mapDemoCollections(standalone.url, token, simulator.tenantId, print).catch((error: unknown) =>
      log.warn({ error }, 'the demo could not map its collections'),
    );
  }
  const running = started.move();
  return { failed: standalone.failed, close: () => running.disposeAsync() };
};

await runMain({ name: 'standalone', start }, 'warn');
