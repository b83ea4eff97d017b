import { withEnvironment } from '../environment.js';
import { runCommand } from './run-command.js';
import { withLock } from './lock.js';

/**
 * Installs Debian packages where that is allowed: apt-get is there and we are root, or sudo asks for no password.
 * Returns whether they were installed.
 */
export async function installPackages(packages: string[], report: (line: string) => void): Promise<boolean> {
  const apt = await aptGet();
  if (!apt) return false;
  report(`installing ${packages.join(', ')} with apt-get`);
  return withLock('apt-get', async () => {
    try {
      await apt(['update']);
      await apt(['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages]);
      return true;
    } catch (error) {
      report(`apt-get could not install them: ${(error as Error).message}`);
      return false;
    }
  });
}

async function aptGet(): Promise<((args: string[]) => Promise<string>) | undefined> {
  if (process.platform !== 'linux' || !(await succeeds('apt-get', ['--version']))) return undefined;
  // RUNLEVEL=1 keeps invoke-rc.d from starting the packaged service: we start our own on our own port.
  const env = withEnvironment({ DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' });
  const deadline = 600_000;
  if (process.getuid?.() === 0) return (args) => runCommand('apt-get', args, { env, deadline });
  if (!(await succeeds('sudo', ['-n', 'true']))) return undefined;
  return (args) =>
    runCommand('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', ...args], { deadline });
}

/** Whether a program is there and ends with 0. */
export async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    await runCommand(command, args, { deadline: 10_000 });
    return true;
  } catch {
    return false;
  }
}
