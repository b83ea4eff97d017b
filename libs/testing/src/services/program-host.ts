import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { withEnvironment } from '../environment.js';
import type { Host, ProgramDescription } from './host.js';
import { isAlive, referenceTo, signal, untilGone } from './processes.js';

const STOP_DEADLINE = 30_000;

/** A program of this machine, apart from the process that starts it: it outlives it, and its output goes to a file. */
export class ProgramHost implements Host {
  constructor(private readonly program: ProgramDescription) {}

  async start(): Promise<void> {
    if (await this.running()) return;
    const { command, args, user, env, log } = this.program;
    const output = openSync(log, 'a');
    const child = spawn(command, args, {
      ...user,
      env: withEnvironment(env),
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    this.program.process = child.pid === undefined ? undefined : referenceTo(child.pid);
  }

  async stop(): Promise<void> {
    await this.resume();
    signal(this.program.process, this.program.stopSignal);
    await untilGone(this.program.process, STOP_DEADLINE).catch(() => this.kill());
  }

  async kill(): Promise<void> {
    signal(this.program.process, 'SIGKILL');
    await untilGone(this.program.process, STOP_DEADLINE);
  }

  async pause(): Promise<void> {
    signal(this.program.process, 'SIGSTOP');
  }

  async resume(): Promise<void> {
    signal(this.program.process, 'SIGCONT');
  }

  remove(): Promise<void> {
    return this.kill();
  }

  pid(): number | undefined {
    return isAlive(this.program.process) ? this.program.process?.pid : undefined;
  }

  async running(): Promise<boolean> {
    return isAlive(this.program.process);
  }

  async logTail(): Promise<string> {
    return (await readFile(this.program.log, 'utf8').catch(() => '')).slice(-2000);
  }

  describe(): ProgramDescription {
    return this.program;
  }
}
