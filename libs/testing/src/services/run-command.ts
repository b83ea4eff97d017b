import { spawn } from 'node:child_process';

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** Milliseconds until the command is killed. */
  deadline?: number;
}

/** Runs a program to its end and returns what it printed; throws with the end of its output when it fails or is not there. */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<string> {
  const { deadline, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...spawnOptions,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: deadline,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let everything = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      everything += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (everything += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`${command} ${args[0] ?? ''} ended with ${code ?? signal}: ${everything.trim().slice(-2000)}`),
        );
    });
  });
}
