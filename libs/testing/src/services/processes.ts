import { readFileSync } from 'node:fs';
import { eventually } from '../eventually.js';

/** A process that may have been started by another process than this one. `startedAt` tells it from a later one that got the same number. */
export interface ProcessReference {
  pid: number;
  startedAt: string;
}

/** The reference of a process that runs now; undefined when there is none of that number. */
export function referenceTo(pid: number): ProcessReference | undefined {
  if (process.platform === 'linux') {
    const startedAt = startTicks(pid);
    return startedAt === undefined ? undefined : { pid, startedAt };
  }
  try {
    process.kill(pid, 0);
    return { pid, startedAt: 'unknown' };
  } catch {
    return undefined;
  }
}

export function isAlive(reference: ProcessReference | undefined): boolean {
  return reference !== undefined && referenceTo(reference.pid)?.startedAt === reference.startedAt;
}

/** Sends a signal if the process still runs. */
export function signal(reference: ProcessReference | undefined, name: NodeJS.Signals): void {
  if (!reference || !isAlive(reference)) return;
  try {
    process.kill(reference.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the process is gone; throws after the deadline (milliseconds). */
export async function untilGone(reference: ProcessReference | undefined, deadline: number): Promise<void> {
  await eventually(() => !isAlive(reference), { deadline, interval: 20, what: `process ${reference?.pid} to end` });
}

// proc(5): the 22nd field is the start time; the name before it may contain spaces. A zombie has ended.
function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
