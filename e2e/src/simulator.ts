import { ControlClient, type Addresses } from '@collection-sync/simulator';
import { runProcess, type RunningProcess } from '@collection-sync/testing';

/** The hands of the administrators on both sides: what they do at the site and in Entra, and what the world looks like. */
export class SimulatorClient extends ControlClient {
  constructor(readonly addresses: Pick<Addresses, 'adminServiceUrl' | 'graphUrl' | 'controlUrl' | 'tenantId'>) {
    super(addresses.controlUrl);
  }
}

/** A simulated site and tenant in a process of its own. */
export class Simulator extends SimulatorClient {
  private constructor(
    readonly process: RunningProcess,
    override readonly addresses: Addresses,
  ) {
    super(addresses);
  }

  /** @param args of the simulator's program, beside its world: a name or a file */
  static async start(world: string, ...args: readonly string[]): Promise<Simulator> {
    const process = runProcess({
      file: 'apps/simulator/dist/main.js',
      args: ['--port', '0', '--world', world, ...args],
    });
    // a large site takes its time
    return new Simulator(process, JSON.parse(await process.line(/^\{/, 180_000)) as Addresses);
  }

  get tenant(): string {
    return this.addresses.tenantId;
  }

  /** What leads a service here. */
  get environment(): Record<string, string> {
    return {
      ADMINSERVICE_URL: this.addresses.adminServiceUrl,
      ADMINSERVICE_AUTH: 'none',
      GRAPH_BASE_URL: this.addresses.graphUrl,
      GRAPH_STATIC_TOKEN: 'stand-in',
      AZURE_TENANT_ID: this.tenant,
    };
  }

  /** Connections stay open, and nothing is answered. */
  freeze(): void {
    this.process.pause();
  }

  thaw(): void {
    this.process.resume();
  }

  async close(): Promise<void> {
    await this.process.kill();
  }
}
