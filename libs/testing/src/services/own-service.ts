import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../eventually.js';
import { ContainerHost, hasImage } from './docker.js';
import type { Host, HostDescription } from './host.js';
import { freePorts } from './ports.js';
import { ProgramHost } from './program-host.js';
import { recipes } from './recipes.js';
import type { Recipe, ServiceName } from './recipe.js';

const ANSWER_DEADLINE = 60_000;
const RECORD = 'service.json';

type Report = (line: string) => void;

interface ServiceRecord {
  name: ServiceName;
  address: string;
  host: HostDescription;
}

/** A service that was started for us: it can be stopped, killed, frozen and started again on the same port with the same data. */
export class OwnService {
  private constructor(
    private readonly recipe: Recipe,
    private readonly host: Host,
    readonly address: string,
    private readonly folder: string,
  ) {}

  get name(): ServiceName {
    return this.recipe.name;
  }

  /** The environment of a process that uses it. */
  get env(): Record<string, string> {
    return { [this.recipe.variable]: this.address };
  }

  get origin(): 'program' | 'container' {
    return this.host.describe().kind;
  }

  /** Its process id; undefined while it does not run. */
  get pid(): number | undefined {
    return this.host.pid();
  }

  /** Makes and starts a service in a new folder. Throws with what to install when neither an engine nor this machine has it. */
  static async create(recipe: Recipe, folder: string, report: Report = () => undefined): Promise<OwnService> {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
    const ports = await freePorts(recipe.ports);
    const inContainer = await OwnService.inContainer(recipe, folder, ports, report);
    return inContainer ?? OwnService.asProgram(recipe, folder, ports, report);
  }

  private static async inContainer(
    recipe: Recipe,
    folder: string,
    ports: number[],
    report: Report,
  ): Promise<OwnService | undefined> {
    if (!(await hasImage(recipe.image, report))) return undefined;
    const [port] = ports as [number];
    const name = `collection-sync-${recipe.name}-${port}`;
    const host = new ContainerHost({ kind: 'container', image: recipe.image, name, ...recipe.container(port) });
    const service = new OwnService(recipe, host, recipe.address(port), folder);
    return service.start().then(
      () => service,
      async (error: Error) => {
        report(`${recipe.name} does not run in a container, looking for a program: ${error.message}`);
        await host.remove();
        return undefined;
      },
    );
  }

  /** The same, on this machine even where an engine answers. */
  static async asProgram(recipe: Recipe, folder: string, ports: number[], report: Report): Promise<OwnService> {
    try {
      const program = await recipe.program({ folder, ports, report });
      const host = new ProgramHost({ kind: 'program', log: join(folder, `${recipe.name}.log`), ...program });
      const service = new OwnService(recipe, host, recipe.address(ports[0]!), folder);
      await service.start();
      return service;
    } catch (error) {
      const why = `${recipe.name} cannot be started: ${(error as Error).message}.`;
      const what = `${recipe.install} Or start a Docker engine, or set ${recipe.variable} to the address of a server.`;
      throw new Error(`${why}\n${what}`, { cause: error });
    }
  }

  /** The service that an earlier process left in this folder; undefined when there is none. */
  static async restore(folder: string): Promise<OwnService | undefined> {
    const text = await readFile(join(folder, RECORD), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const { name, address, host } = JSON.parse(text) as ServiceRecord;
    return new OwnService(
      recipes[name],
      host.kind === 'program' ? new ProgramHost(host) : new ContainerHost(host),
      address,
      folder,
    );
  }

  /** Starts it, again after `stop` or `kill`, and waits until it answers. */
  async start(): Promise<void> {
    await this.host.start();
    await this.record();
    await eventually(() => this.answersOrIsStartedAgain(), {
      deadline: ANSWER_DEADLINE,
      interval: 100,
      what: `${this.name} to answer`,
    }).catch(async (error: Error) => {
      const log = await this.host.logTail();
      await this.host.remove();
      throw new Error(`${error.message}\n${log}`, { cause: error });
    });
  }

  /** Ends it in an orderly way; its data stay. */
  async stop(): Promise<void> {
    await this.host.stop();
    await this.record();
  }

  /** Ends it as a crash would (SIGKILL); its data stay as the crash left them. */
  async kill(): Promise<void> {
    await this.host.kill();
    await this.record();
  }

  /** Freezes it (SIGSTOP): connections stay open and nothing is answered. */
  pause(): Promise<void> {
    return this.host.pause();
  }

  /** Goes on after `pause`. */
  resume(): Promise<void> {
    return this.host.resume();
  }

  /** Ends it at once and deletes its data. */
  async remove(): Promise<void> {
    await this.host.remove();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  async answers(): Promise<boolean> {
    return this.recipe.answers(this.address).then(
      () => true,
      () => false,
    );
  }

  // A server that finds the traces of its killed predecessor ends and has to be started once more.
  private async answersOrIsStartedAgain(): Promise<boolean> {
    if (!(await this.host.running())) {
      await this.host.start();
      await this.record();
    }
    await this.recipe.answers(this.address);
    return true;
  }

  private async record(): Promise<void> {
    const record: ServiceRecord = { name: this.name, address: this.address, host: this.host.describe() };
    const file = join(this.folder, RECORD);
    await writeFile(`${file}.new`, JSON.stringify(record, null, 2));
    await rename(`${file}.new`, file);
  }
}
