import type { ContainerDescription, ProgramDescription } from './host.js';

export type ServiceName = 'kafka' | 'postgres' | 'redis';

/** How one service can be had and how one sees that it answers. */
export interface Recipe {
  name: ServiceName;
  /** The environment variable that carries its address. */
  variable: 'KAFKA_BROKERS' | 'DATABASE_URL' | 'REDIS_URL';
  image: string;
  /** Ports that it needs; the first is the one that clients use. */
  ports: number;
  /** What to install when nothing works, as a sentence for the operator. */
  install: string;
  address(port: number): string;
  /** Resolves when the service at this address answers; throws when it does not. */
  answers(address: string): Promise<void>;
  container(port: number): Pick<ContainerDescription, 'options' | 'command'>;
  /** Makes the program ready to run on this machine with its data in `folder`, or throws with the reason why it cannot. */
  program(place: Place): Promise<Pick<ProgramDescription, 'command' | 'args' | 'user' | 'env' | 'stopSignal'>>;
}

interface Place {
  folder: string;
  ports: number[];
  report: (line: string) => void;
}
