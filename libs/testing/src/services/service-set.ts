import { join } from 'node:path';
import { readVariable } from '../environment.js';
import { servicesFolder } from './folders.js';
import { newInstanceFolder, removeInstanceFolder, servicesIn } from './instance-folder.js';
import { withLock } from './lock.js';
import { OwnService } from './own-service.js';
import { recipes, serviceNames } from './recipes.js';
import type { ServiceName } from './recipe.js';

export interface ServiceSet {
  /** KAFKA_BROKERS, DATABASE_URL and REDIS_URL. */
  env: Record<string, string>;
  /** Stops and deletes what was started; leaves what was given. */
  stop(): Promise<void>;
}

type Report = (line: string) => void;

/**
 * Kafka, PostgreSQL and Redis for as long as this process needs them, each from the first of these that works: the address in the
 * environment, a Docker engine, programs of this machine (installed where that is allowed). Throws with what to install when none works.
 */
export async function startServices(report: Report = () => undefined): Promise<ServiceSet> {
  const given = await givenAddresses(report);
  const missing = serviceNames.filter((name) => given[recipes[name].variable] === undefined);
  if (missing.length === 0) return { env: given, stop: async () => undefined };
  const folder = await newInstanceFolder();
  const stop = () => removeInstanceFolder(folder);
  try {
    const started = await createAll(missing, folder, report);
    return { env: Object.assign({}, given, ...started.map((service) => service.env)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Services that stay when this process ends, one set for the checkout: starts what does not run and returns the environment. */
export async function up(report: Report = () => undefined): Promise<Record<string, string>> {
  return withLock('services-up', async () => {
    const given = await givenAddresses(report);
    const missing = serviceNames.filter((name) => given[recipes[name].variable] === undefined);
    const here = await servicesIn(lastingFolder());
    const known = here.filter((service) => missing.includes(service.name));
    for (const service of known) if (!(await service.answers())) await service.start();
    const absent = missing.filter((name) => !known.some((service) => service.name === name));
    const created = await createAll(absent, lastingFolder(), report);
    return Object.assign({}, given, ...[...known, ...created].map((service) => service.env)) as Record<string, string>;
  });
}

/** Stops what `up` started and deletes its data. */
export async function down(): Promise<void> {
  await removeInstanceFolder(lastingFolder());
}

export interface ServiceStatus {
  name: ServiceName;
  address: string;
  origin: 'program' | 'container';
  pid: number | undefined;
  answers: boolean;
}

/** What `up` started, and whether it answers. */
export async function status(): Promise<ServiceStatus[]> {
  const services = await servicesIn(lastingFolder());
  return Promise.all(
    services.map(async (service) => ({
      name: service.name,
      address: service.address,
      origin: service.origin,
      pid: service.pid,
      answers: await service.answers(),
    })),
  );
}

/** The environment of the set that `up` started, if all of it answers. */
export async function lastingEnvironment(): Promise<Record<string, string> | undefined> {
  const services = await servicesIn(lastingFolder());
  const answers = await Promise.all(services.map((service) => service.answers()));
  if (services.length < serviceNames.length || answers.includes(false)) return undefined;
  return Object.assign({}, ...services.map((service) => service.env)) as Record<string, string>;
}

function lastingFolder(): string {
  return join(servicesFolder(), 'up');
}

function createAll(names: ServiceName[], folder: string, report: Report): Promise<OwnService[]> {
  return allOrErrors(
    names.map(async (name) => {
      const begin = performance.now();
      report(`starting ${name}`);
      const service = await OwnService.create(recipes[name], join(folder, name), report);
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      report(`${name} answers at ${withoutPassword(service.address)} (${service.origin}, ${seconds} s)`);
      return service;
    }),
  );
}

async function givenAddresses(report: Report): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const name of serviceNames) {
    const { variable, answers } = recipes[name];
    const address = readVariable(variable);
    if (!address) continue;
    await answers(address).catch((error: Error) => {
      const what = `Start it, correct ${variable}, or unset ${variable} to have one started.`;
      throw new Error(
        `${name} at ${withoutPassword(address)}, given by ${variable}, does not answer: ${error.message}.\n${what}`,
        { cause: error },
      );
    });
    report(`${name} is given: ${withoutPassword(address)}`);
    env[variable] = address;
  }
  return env;
}

function withoutPassword(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//');
}

/** Waits for all before it throws, so that nothing is being started any more when the caller cleans up, and throws all that is wrong. */
async function allOrErrors<T>(work: Promise<T>[]): Promise<T[]> {
  const failed = (await Promise.allSettled(work)).filter((outcome) => outcome.status === 'rejected');
  if (failed.length === 0) return Promise.all(work);
  const errors = failed.map((outcome) => outcome.reason as Error);
  throw new AggregateError(errors, errors.map((error) => error.message).join('\n'));
}
