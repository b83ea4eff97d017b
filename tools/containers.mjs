import { createServer } from 'node:net';
import { delimiter } from 'node:path';
import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { mustStep, runNode, step } from './workspace/run.mjs';

// npm run test:containers, wherever a Docker engine answers: builds the image, starts the demo under a name of its own, plays the scenario
// through the published ports, restarts and doubles each service, and takes everything down again.
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
const port = Number(await freePort());
Object.assign(process.env, {
  COMPOSE_FILE: ['docker-compose.yml', 'docker-compose.demo.yml'].join(delimiter),
  COMPOSE_PROJECT_NAME: 'collection-sync-test',
  // room for two replicas
  STATUS_PORT: `${port}-${port + 1}`,
  SIMULATOR_PORT: await freePort(),
  SOURCE_TICK_SECONDS: '5',
  DIRECTORY_POLL_SECONDS: '5',
});
const compose = (...args) => ['compose', ...args];

await ensureInstalled();
await ensureBuilt('e2e');
await mustStep('is there a Docker engine?', 'docker', ['version', '--format', 'engine {{.Server.Version}}']);
// a run that was ended from outside leaves its data, which would be another world's
await mustStep('taking away what is left of an earlier run', 'docker', compose('down', '--volumes'));
await mustStep('building the image', 'docker', ['buildx', 'build', '--network', 'host', '-t', 'collection-sync', '.']);
let code = await step(
  'starting',
  'docker',
  compose(
    'up',
    '--detach',
    '--no-build',
    '--wait',
    '--wait-timeout',
    '600',
    'status',
    'capture',
    'resolver',
    'writer',
    'simulator',
  ),
);
if (code === 0)
  code = await step('the demo', 'docker', compose('up', '--no-build', '--exit-code-from', 'demo', '--no-deps', 'demo'));
if (code === 0) code = await runNode('e2e/dist/containers.js');
if (code !== 0) await step('what the services said last', 'docker', compose('logs', '--tail', '40'));
await step('how it stands', 'docker', compose('ps', '--all', '--format', 'table {{.Service}}\t{{.Status}}'));
const left = await step('taking everything down', 'docker', compose('down', '--volumes', '--timeout', '30'));
code ||= left;
console.log(code === 0 ? '\ncontainers: passed' : '\ncontainers: FAILED');
process.exit(code);
