import type { Random } from '../random.js';
import { faultSpec, type Fault, type FaultInput, type FaultSubject } from './fault.js';

interface Armed {
  fault: Fault & { id: string };
  url: RegExp | undefined;
  seen: number;
  hits: number;
}

/** The scripted faults that are armed now. */
export class FaultSet {
  readonly #armed: Armed[] = [];
  #next = 1;

  constructor(private readonly random: Random) {}

  arm(input: FaultInput): Fault & { id: string } {
    const fault = faultSpec.parse(input);
    const armed = { ...fault, id: fault.id ?? `fault-${this.#next}` };
    this.#next += 1;
    this.#armed.push({ fault: armed, url: fault.url ? new RegExp(fault.url) : undefined, seen: 0, hits: 0 });
    return armed;
  }

  clear(id?: string): number {
    const before = this.#armed.length;
    for (let i = before - 1; i >= 0; i -= 1) if (!id || this.#armed[i]!.fault.id === id) this.#armed.splice(i, 1);
    return before - this.#armed.length;
  }

  list(): (Fault & { id: string; seen: number; hits: number })[] {
    return this.#armed.map(({ fault, seen, hits }) => ({ ...fault, seen, hits }));
  }

  /** The first armed fault that hits this request; asking counts as an attempt. */
  strike(subject: FaultSubject): (Fault & { id: string }) | undefined {
    return this.#armed.find((armed) => applies(armed, subject) && this.#counts(armed))?.fault;
  }

  #counts(armed: Armed): boolean {
    armed.seen += 1;
    if (armed.seen <= armed.fault.skip) return false;
    if (armed.fault.times !== undefined && armed.hits >= armed.fault.times) return false;
    if (armed.fault.probability < 1 && !this.random.chance(armed.fault.probability)) return false;
    armed.hits += 1;
    return true;
  }
}

function applies({ fault, url }: Armed, subject: FaultSubject): boolean {
  const same = (want: string | undefined, has: string | undefined) =>
    !want || want.toLowerCase() === has?.toLowerCase();
  if (fault.face !== subject.face) return false;
  if (!same(fault.method, subject.method) || !same(fault.class, subject.class)) return false;
  if (!same(fault.collection, subject.collection) || !same(fault.group, subject.group)) return false;
  if (fault.page !== undefined && fault.page !== subject.page) return false;
  if (fault.level === 'part' && !subject.part) return false;
  if (fault.level === 'outer' && subject.part) return false;
  return !url || url.test(subject.url);
}
