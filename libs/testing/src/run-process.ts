import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { whenDone } from './clean-up.js';
import { readVariable } from './environment.js';
import { eventually } from './eventually.js';
import { repositoryFolder } from './services/folders.js';

export interface RunProcessOptions {
  /** The built entry, relative to the repository: `apps/capture/dist/main.js`. */
  file: string;
  args?: string[];
  /** Its whole environment, but for PATH, HOME and TMPDIR, which it inherits: no address of a shared service slips in. */
  env?: Record<string, string>;
  cwd?: string;
}

const alive = new Set<ChildProcess>();
const killAll = (): void => {
  for (const child of alive) child.kill('SIGKILL');
};

/** One of our programs in a process of its own. It is killed, at the latest, when the test file is done or this process ends. */
export function runProcess({ file, args = [], env = {}, cwd = repositoryFolder }: RunProcessOptions): RunningProcess {
  const entry = resolve(repositoryFolder, file);
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running = new RunningProcess(child, file);
  whenDone(() => running.kill());
  if (alive.size === 0) process.once('exit', killAll);
  alive.add(child);
  child.once('close', () => {
    alive.delete(child);
    if (alive.size === 0) process.removeListener('exit', killAll);
  });
  return running;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export class RunningProcess {
  /** What it printed to both outputs, line by line. */
  readonly lines: string[] = [];
  /** Resolves when it has ended and all its output is in `lines`. */
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;

  constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    collect(child.stdout, this.lines);
    collect(child.stderr, this.lines);
    this.exited = new Promise((resolveExit) => {
      child.once('error', (error) => this.lines.push(String(error)));
      child.once('close', (code, signal) => {
        this.exit = { code, signal };
        resolveExit(this.exit);
      });
    });
  }

  get pid(): number | undefined {
    return this.exit ? undefined : this.child.pid;
  }

  /** Waits for a line that matches, also among those printed already, and returns it. Throws with the last lines when the process ends first. */
  async line(pattern: RegExp, deadline = 30_000): Promise<string> {
    return this.whileRunning(`a line that matches ${pattern}`, deadline, () =>
      this.lines.find((line) => pattern.test(line)),
    );
  }

  /** Waits until a GET of the URL answers 2xx. */
  async answers(url: string, deadline = 30_000): Promise<void> {
    await this.whileRunning(
      `${url} to answer`,
      deadline,
      async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok,
    );
  }

  /** Asks it to end (SIGTERM) and waits until it has. */
  async stop(deadline = 30_000): Promise<Exit> {
    this.child.kill('SIGTERM');
    return eventually(() => this.exit, {
      deadline,
      what: `${this.name} to end after SIGTERM; its last lines:\n${this.tail()}`,
    });
  }

  /** Ends it as a crash would (SIGKILL) and waits until it has. */
  async kill(): Promise<Exit> {
    this.child.kill('SIGKILL');
    return this.exited;
  }

  /** Freezes it (SIGSTOP). */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  /** Goes on after `pause` (SIGCONT). */
  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Its last lines, for messages. */
  tail(count = 30): string {
    return this.lines.slice(-count).join('\n');
  }

  private async whileRunning<T>(
    what: string,
    deadline: number,
    look: () => T | Promise<T>,
  ): Promise<Exclude<T, false | null | undefined>> {
    let ended: Exit | undefined;
    const seen = await eventually(
      async () => {
        ended = this.exit;
        const found = await look();
        return found ? { found } : ended && { found: undefined };
      },
      { deadline, what: `${what} from ${this.name}` },
    ).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.tail()}`, { cause: error });
    });
    if (seen.found === undefined)
      throw new Error(`${this.name} ended (${ended?.code ?? ended?.signal}) before ${what}:\n${this.tail()}`);
    return seen.found as Exclude<T, false | null | undefined>;
  }
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = readVariable(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function collect(stream: NodeJS.ReadableStream | null, lines: string[]): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  stream?.on('end', () => rest && lines.push(rest));
}
