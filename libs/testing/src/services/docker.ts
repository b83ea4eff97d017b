import { runCommand } from './run-command.js';
import type { ContainerDescription, Host } from './host.js';

/** Whether a Docker engine answers, asked once. */
function engineAnswers(): Promise<boolean> {
  return (engine ??= docker(['version', '--format', '{{.Server.Version}}'], 5_000).then(
    () => true,
    () => false,
  ));
}

let engine: Promise<boolean> | undefined;

/** Whether the engine has the image or can get it. */
export async function hasImage(image: string, report: (line: string) => void): Promise<boolean> {
  if (!(await engineAnswers())) return false;
  if (
    await docker(['image', 'inspect', image]).then(
      () => true,
      () => false,
    )
  )
    return true;
  report(`fetching the image ${image}`);
  return docker(['pull', '--quiet', image], 300_000).then(
    () => true,
    (error: Error) => {
      report(`the image ${image} cannot be had: ${error.message}`);
      return false;
    },
  );
}

export class ContainerHost implements Host {
  constructor(private readonly container: ContainerDescription) {}

  async start(): Promise<void> {
    const { name, image, options, command } = this.container;
    if ((await this.inspect('{{.State.Status}}')) === undefined)
      await docker(['run', '--detach', '--name', name, ...options, image, ...command]);
    else await docker(['start', name]);
    this.container.pid = Number(await this.inspect('{{.State.Pid}}')) || undefined;
  }

  async stop(): Promise<void> {
    await this.resume();
    await docker(['stop', '--time', '30', this.container.name]);
    this.container.pid = undefined;
  }

  async kill(): Promise<void> {
    if (await this.running()) await docker(['kill', '--signal', 'KILL', this.container.name]);
    await docker(['wait', this.container.name]);
    this.container.pid = undefined;
  }

  async pause(): Promise<void> {
    await docker(['pause', this.container.name]);
  }

  async resume(): Promise<void> {
    if ((await this.inspect('{{.State.Paused}}')) === 'true') await docker(['unpause', this.container.name]);
  }

  async remove(): Promise<void> {
    await docker(['rm', '--force', '--volumes', this.container.name]).catch(() => undefined);
    this.container.pid = undefined;
  }

  pid(): number | undefined {
    return this.container.pid;
  }

  async running(): Promise<boolean> {
    return (await this.inspect('{{.State.Running}}')) === 'true';
  }

  logTail(): Promise<string> {
    return docker(['logs', '--tail', '30', this.container.name]).catch((error: Error) => error.message);
  }

  describe(): ContainerDescription {
    return this.container;
  }

  private inspect(format: string): Promise<string | undefined> {
    return docker(['container', 'inspect', '--format', format, this.container.name]).catch(() => undefined);
  }
}

async function docker(args: string[], deadline = 120_000): Promise<string> {
  return (await runCommand('docker', args, { deadline })).trim();
}
