import { Redis } from 'ioredis';
import { installPackages, succeeds } from './install-packages.js';
import type { Recipe } from './recipe.js';

const SETTINGS = { save: '', appendonly: 'no', databases: '512' };

/** Redis without persistence: what is killed comes back empty. */
export const redis: Recipe = {
  name: 'redis',
  variable: 'REDIS_URL',
  image: 'redis:7-alpine',
  ports: 1,
  install: 'Install redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis).',

  address: (port) => `redis://127.0.0.1:${port}`,

  async answers(address) {
    const client = new Redis(address, {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: 1_000,
      commandTimeout: 1_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  },

  container: (port) => ({
    options: ['--publish', `127.0.0.1:${port}:6379`],
    // In a container every client comes from outside; the port is published on the loopback address only.
    command: ['redis-server', ...words({ ...SETTINGS, 'protected-mode': 'no' })],
  }),

  async program({ folder, ports: [port], report }) {
    const there = () => succeeds('redis-server', ['--version']);
    if (!(await there())) await installPackages(['redis-server'], report);
    if (!(await there())) throw new Error('redis-server is not installed');
    const args = words({ ...SETTINGS, port: String(port), bind: '127.0.0.1', dir: folder, daemonize: 'no' });
    return { command: 'redis-server', args, stopSignal: 'SIGTERM' };
  },
};

export function words(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}
