import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mapDemoCollections } from '@collection-sync/demo';
import { readEnvironment, runMain } from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { localToken } from '@collection-sync/status';
import { startEmbeddedServer } from './embedded-server.js';
import { holdInstanceLock } from './instance-lock.js';
import { outsideOf } from './outside.js';
import { standaloneEnvironment } from './standalone.env.js';
import { startStandalone } from './standalone.js';

await runMain(
  {
    name: 'standalone',
    start: async (log) => {
      const environment = readEnvironment(standaloneEnvironment);
      const folder = resolve(environment.DATA_DIR);
      const tell = (line: string): void => void process.stdout.write(`${line}\n`);
      await mkdir(folder, { recursive: true });

      const server = environment.DATABASE_URL ? undefined : await startEmbeddedServer(folder);
      tell(
        server
          ? `PostgreSQL ${server.adopted ? 'was still running' : 'started'}`
          : 'PostgreSQL is given by DATABASE_URL',
      );
      const databaseUrl = environment.DATABASE_URL ?? server?.url ?? '';
      const lock = new Database({ url: databaseUrl, schema: 'bus', application: 'standalone' });
      const unlock = await holdInstanceLock(lock);

      const outside = await outsideOf(folder);
      tell(
        outside.simulator
          ? 'Site and tenant are simulated; set ADMINSERVICE_URL and a tenant for real ones'
          : 'Site and tenant are given by the environment',
      );
      const tokenFile = join(folder, 'token');
      const token = await localToken(tokenFile);
      const standalone = await startStandalone({
        source: outside.source,
        databaseUrl,
        token,
        http: { host: environment.HOST, port: environment.PORT },
        log,
      });

      tell(`\nCollection Sync is ready: ${standalone.url}/`);
      tell(`Sign in with the token in ${tokenFile}:  ${token}`);
      tell(`  curl -H "Authorization: Bearer $(cat ${tokenFile})" ${standalone.url}/api/v1/collections\n`);
      const { simulator } = outside;
      if (simulator) {
        mapDemoCollections(standalone.url, token, simulator.tenantId, tell).catch((error: unknown) =>
          log.warn({ error }, 'the demo could not map its collections'),
        );
      }

      return {
        failed: standalone.failed,
        close: async () => {
          await standalone.close();
          await simulator?.stop();
          unlock();
          await lock.close();
          await server?.stop();
        },
      };
    },
  },
  'warn',
);
