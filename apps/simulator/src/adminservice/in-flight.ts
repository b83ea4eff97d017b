import { answer, type Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { error } from './answers.js';

/** Counts requests per client address; beyond the limit they are refused. */
export class InFlight {
  readonly #counts = new Map<string, number>();

  constructor(private readonly sim: Simulation) {}

  async run(remote: string, work: () => Promise<Answer>): Promise<Answer> {
    const limit = this.sim.adminService['limit.perClientIp'];
    const now = this.#counts.get(remote) ?? 0;
    if (limit > 0 && now >= limit) return this.#refused();
    this.#counts.set(remote, now + 1);
    try {
      return await work();
    } finally {
      this.#counts.set(remote, this.#counts.get(remote)! - 1);
    }
  }

  #refused(): Answer {
    const how = this.sim.adminService['limit.answer'];
    if (how === 'reset') return { ...answer(503), wire: 'reset' };
    return error(
      Number(how),
      how === '429' ? 'TooManyRequests' : 'ServiceUnavailable',
      'Too many requests from this client.',
    );
  }
}
