import type { z } from 'zod';
import type { Log } from './ports/log.js';

/** What a part is made with. */
export interface PartInput<E, U> {
  /** the part's variables, read */
  readonly environment: E;
  /** of the service that the part is made for */
  readonly name: string;
  readonly log: Log;
  readonly uses: U;
}

type Parts = Readonly<Record<string, Part<unknown>>>;
export type MadeOf<U extends Parts> = { readonly [K in keyof U]: U[K] extends Part<infer T> ? T : never };

/** Something outside of the process that a part leads to. */
export interface Outside {
  /** its name in health */
  readonly name: string;
  /** how often to look, every 10 s by default */
  readonly everyMs?: number;
  /** When the credential that is used there ends, where that is told. */
  readonly ends?: () => Promise<Date | undefined>;
  /** Rejects when it does not answer. */
  check(signal: AbortSignal): Promise<unknown>;
}

interface PartDefinition<T, E, U extends Parts> {
  /** the variables that it reads */
  readonly environment?: z.ZodType<E>;
  /** other parts, each of which is made once for all that use it */
  readonly uses?: U;
  readonly make: (input: PartInput<E, MadeOf<U>>) => T | Promise<T>;
  readonly close?: (made: T) => Promise<void>;
  /** what it leads to, outside of the process */
  readonly outside?: (made: T) => readonly Outside[];
}

/**
 * Something that services are made of (a database, a bus, a lease store), said before it is made: adapters declare theirs with their own
 * variables, services name those that they need, and a composition puts others in their place.
 */
export class Part<T> {
  private constructor(
    readonly environment: z.ZodType | undefined,
    readonly uses: Parts,
    readonly make: (input: PartInput<unknown, unknown>) => T | Promise<T>,
    private readonly end: ((made: never) => Promise<void>) | undefined,
    private readonly beyond: ((made: never) => readonly Outside[]) | undefined,
  ) {}

  static define<T, E = unknown, U extends Parts = Record<never, never>>(definition: PartDefinition<T, E, U>): Part<T> {
    const { environment, uses, make, close, outside } = definition;
    return new Part<T>(environment, uses ?? {}, (input) => make(input as PartInput<E, MadeOf<U>>), close, outside);
  }

  /** A part that is there already; whoever made it closes it. */
  static of<T>(value: T | Part<T>): Part<T> {
    return value instanceof Part ? value : Part.define({ make: () => value });
  }

  /** What it leads to, outside of the process. */
  outside(made: T): readonly Outside[] {
    return this.beyond?.(made as never) ?? [];
  }

  async close(made: T): Promise<void> {
    await this.end?.(made as never);
  }
}
