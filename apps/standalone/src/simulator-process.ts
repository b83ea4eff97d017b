import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../simulator/dist/main.js', import.meta.url));

const WORLD = 'simulator-world.json';
const CHURN_PER_MINUTE = '2';

const addresses = z.object({ adminServiceUrl: z.url(), graphUrl: z.url(), controlUrl: z.url(), tenantId: z.string() });
const running = addresses.extend({ pid: z.number().int().positive() });

export interface SimulatorProcess extends z.output<typeof addresses> {
  stop(): Promise<void>;
}

/**
 * The simulated site and tenant as a process of its own, which the services know by its addresses alone. Its world is kept in `folder`
 * from one start to the next; one that an earlier, killed process left running is taken over.
 */
export const startSimulatorProcess = async (folder: string): Promise<SimulatorProcess> => {
  const file = join(folder, 'simulator.json');
  const left = await leftRunning(file);
  const found = left ?? (await launch(folder));
  await writeFile(file, JSON.stringify(found));
  return {
    ...found,
    stop: () => stop(found.pid, file),
  };
};

const leftRunning = async (file: string): Promise<z.output<typeof running> | undefined> => {
  if (!existsSync(file)) return undefined;
  const parsed = running.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')));
  if (!parsed.success) return undefined;
  const answer = await fetch(`${parsed.data.controlUrl}/journal?limit=1`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => undefined,
  );
  return answer?.ok ? parsed.data : undefined;
};

const launch = async (folder: string): Promise<z.output<typeof running>> => {
  const output = join(folder, 'simulator.out');
  await rm(output, { force: true });
  const log = openSync(output, 'a');
  // its world outlives the process, as a real one would: the ledger must not know more than the groups
  const args = ['--port', '0', '--world', 'demo', '--keep', join(folder, WORLD), '--churn', CHURN_PER_MINUTE];
  // detached: the terminal's Ctrl-C is for us, who stop it after the services
  const child = spawn(process.execPath, [MAIN, ...args], { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  let exited = false;
  child.once('exit', () => (exited = true));
  for (const deadline = Date.now() + 30_000; !exited && Date.now() < deadline; await delay(50)) {
    const line = (await readFile(output, 'utf8')).split('\n').find((text) => text.startsWith('{'));
    const parsed = line && addresses.safeParse(JSON.parse(line));
    if (parsed && parsed.success && child.pid !== undefined) return { ...parsed.data, pid: child.pid };
  }
  throw new Error(`The simulator did not start; it printed: ${await readFile(output, 'utf8')}`);
};

const stop = async (pid: number, file: string): Promise<void> => {
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(pid, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (const deadline = Date.now() + 10_000; signal(0) && Date.now() < deadline;) await delay(50);
  await rm(file, { force: true });
};
