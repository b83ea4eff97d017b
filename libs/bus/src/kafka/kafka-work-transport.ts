import { WORK } from '../decorators.js';
import { KafkaTransport, type KafkaTransportParts } from './kafka-transport.js';

/** The member of a service's group: shares the work with the other replicas and commits what is done. */
export class KafkaWorkTransport extends KafkaTransport {
  constructor(parts: Omit<KafkaTransportParts, 'transportId'>) {
    super({ ...parts, transportId: WORK }, true);
  }

  override listen(callback: (error?: unknown) => void): void {
    this.markCaughtUp();
    super.listen(callback);
  }
}
