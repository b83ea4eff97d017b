import { ControlClient } from '@collection-sync/simulator';

export interface SimulatorAddresses {
  adminServiceUrl: string;
  graphUrl: string;
  controlUrl: string;
  tenantId: string;
}

/** The hands of the administrators on both sides: what they do at the site and in Entra, and what the world looks like. */
export class SimulatorClient extends ControlClient {
  constructor(readonly addresses: SimulatorAddresses) {
    super(addresses.controlUrl);
  }
}
