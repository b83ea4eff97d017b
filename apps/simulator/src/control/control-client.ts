import type { FaultInput } from '../faults/fault.js';
import type { AdminServiceSwitches } from '../adminservice/adminservice-switches.js';
import type { GraphSwitches } from '../graph/graph-switches.js';
import type { JournalEntry } from '../journal/journal.js';

export interface ControlCollection {
  id: string;
  name: string;
  members: { name: string }[];
}

export interface ControlGroup {
  id: string;
  displayName: string;
  memberCount: number;
  members: { id: string; type: string; name: string | null }[];
}

export interface ControlDevice {
  resourceId: number;
  name: string;
  deviceId: string | null;
  objectId: string | null;
  enabled: boolean | null;
}

const TIMEOUT_MS = 60_000;

/** The control API for tests and scripts. Every call throws with the API's own message when it is refused. */
export class ControlClient {
  constructor(private readonly controlUrl: string) {}

  switches(change: { graph?: Partial<GraphSwitches>; adminService?: Partial<AdminServiceSwitches> }): Promise<unknown> {
    return this.send('PATCH', '/switches', change);
  }

  fault(fault: FaultInput): Promise<{ id: string }> {
    return this.send('POST', '/faults', fault);
  }

  clearFaults(): Promise<unknown> {
    return this.send('DELETE', '/faults');
  }

  journal(after = 0): Promise<JournalEntry[]> {
    return this.send('GET', `/journal?after=${after}`);
  }

  alarms(): Promise<JournalEntry[]> {
    return this.send('GET', '/journal/alarms');
  }

  /** How long the tokens last that are issued from now on. */
  tokenLifetime(lifetimeSeconds: number): Promise<unknown> {
    return this.send('POST', '/oauth/lifetime', { lifetimeSeconds });
  }

  totals(): Promise<Record<string, number>> {
    return this.send('GET', '/journal/totals');
  }

  advance(seconds: number): Promise<unknown> {
    return this.send('POST', '/clock/advance', { seconds });
  }

  /** Members by name or ResourceID. */
  editCollection(
    id: string,
    edit: { add?: (string | number)[]; remove?: (string | number)[] },
  ): Promise<{ memberCount: number }> {
    return this.send('POST', `/collections/${id}/members`, edit);
  }

  collection(id: string): Promise<ControlCollection> {
    return this.send('GET', `/collections/${id}`);
  }

  /** Members by object id, device name or user principal name. */
  editGroup(id: string, edit: { add?: string[]; remove?: string[] }): Promise<{ memberCount: number }> {
    return this.send('POST', `/groups/${encodeURIComponent(id)}/members`, edit);
  }

  group(id: string): Promise<ControlGroup> {
    return this.send('GET', `/groups/${encodeURIComponent(id)}`);
  }

  device(name: string): Promise<ControlDevice> {
    return this.send('GET', `/devices/${encodeURIComponent(name)}`);
  }

  deviceAction(
    name: string,
    action: 'join' | 're-register' | 'leave' | 'disable' | 'enable' | 'delete',
    body: object = {},
  ): Promise<ControlDevice> {
    return this.send('POST', `/devices/${encodeURIComponent(name)}/${action}`, body);
  }

  reset(world?: string | object): Promise<unknown> {
    return this.send('POST', '/reset', world === undefined ? {} : { world });
  }

  /** Any other request of the control API. */
  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${this.controlUrl}${path}`, {
      method,
      ...sent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
