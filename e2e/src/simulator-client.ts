export interface SimulatorAddresses {
  adminServiceUrl: string;
  graphUrl: string;
  controlUrl: string;
  tenantId: string;
}

interface GroupState {
  id: string;
  displayName: string;
  members: { id: string; name?: string }[];
}

/** The hands of the administrators on both sides: what they do at the site and in Entra, and what the world looks like. */
export class SimulatorClient {
  constructor(readonly addresses: SimulatorAddresses) {}

  async control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.addresses.controlUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator: ${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  changeMembers(collection: string, change: { add?: string[]; remove?: string[] }): Promise<unknown> {
    return this.control('POST', `/collections/${collection}/members`, change);
  }

  changeGroup(group: string, change: { add?: string[]; remove?: string[] }): Promise<unknown> {
    return this.control('POST', `/groups/${group}/members`, change);
  }

  collection(collection: string): Promise<{ members: { name: string }[] }> {
    return this.control('GET', `/collections/${collection}`);
  }

  group(group: string): Promise<GroupState> {
    return this.control('GET', `/groups/${group}`);
  }
}
