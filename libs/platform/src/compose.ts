import type { Log, Outside, Part } from '@collection-sync/core';
import { z } from 'zod';
import { formerNamesIn, readEnvironment, type EnvironmentSource } from './read-environment.js';

type AnyPart = Part<unknown>;
export type PartsOf<P> = { readonly [K in keyof P]: Part<P[K]> };

export interface Composition<P> {
  readonly made: P;
  /** what of it is outside of the process */
  readonly outside: readonly Outside[];
  /** Closes what was made, the last first. */
  close(): Promise<void>;
}

/** The variables that these parts read, with those of the parts that they use. */
export const environmentOf = (parts: Iterable<AnyPart>): z.ZodType => {
  const schemas = new Set<z.ZodType>();
  const collect = ({ environment, uses }: AnyPart): void => {
    if (environment) schemas.add(environment);
    Object.values(uses).forEach(collect);
  };
  for (const part of parts) collect(part);
  return [...schemas].reduce((all, each) => all.and(each), z.object({}) as z.ZodType);
};

/** Makes the parts of a service, in their order; each is made once, however many use it. */
export const compose = async <P extends object>(
  parts: PartsOf<P>,
  { name, log, source }: { name: string; log: Log; source?: EnvironmentSource },
): Promise<Composition<P>> => {
  const schema = environmentOf(Object.values<AnyPart>(parts));
  const environment = readEnvironment(schema, source);
  for (const { former, present } of formerNamesIn(schema, source)) {
    log.warn(
      { variable: former, use: present },
      'the variable has another name now; the former goes with the next release',
    );
  }
  const known = new Map<AnyPart, unknown>();
  const make = async (part: AnyPart): Promise<unknown> => {
    if (known.has(part)) return known.get(part);
    const uses = await makeEach(part.uses);
    const made = await part.make({ environment, name, log, uses });
    known.set(part, made);
    return made;
  };
  const makeEach = async (wanted: Readonly<Record<string, AnyPart>>): Promise<Record<string, unknown>> => {
    const made: Record<string, unknown> = {};
    for (const [key, part] of Object.entries(wanted)) made[key] = await make(part);
    return made;
  };
  const close = async (): Promise<void> => {
    for (const [part, made] of [...known].reverse()) await part.close(made);
  };
  try {
    const made = (await makeEach(parts as Readonly<Record<string, AnyPart>>)) as P;
    const outside = [...known].flatMap(([part, of]) => part.outside(of));
    return { made, outside, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
};
