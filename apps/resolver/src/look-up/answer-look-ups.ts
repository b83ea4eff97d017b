import { asAppError, encodeEvent, MAX_FOUND, TOPICS, type DirectoryAnswer, type LookUpOf } from '@collection-sync/core';
import { findByName, type NamedObject } from '@collection-sync/graph';
import { Loop, traceparent, type Worker } from '@collection-sync/platform';
import { keepQuestions, takeQuestion } from '@collection-sync/postgres';
import { SERVICE, type ResolverContext } from '../context.js';
import { Findings, judgeMember } from '../resolve/judge-member.js';
import { keysOf } from '../resolve/keys-of.js';
import { readSnapshot } from '../store/objects.js';

type Question = LookUpOf<'site-answered'>;

const EVERY_MS = 1_000;
const FOR_SOMEBODY_WHO_WAITS = { priority: 'high', maxWaitMs: 10_000 } as const;
const NOT_READ_YET = 'The directory is still being read; ask again when the health page says that it is.';

/**
 * Answers what a person asks about one device or user: which object the resources of the site resolve to, as members would, and, where that
 * is none, which objects Graph has of that name.
 */
export class AnswerLookUps implements Worker {
  readonly #context: ResolverContext;
  readonly #loop: Loop;

  constructor(context: ResolverContext) {
    this.#context = context;
    const { log, health } = context;
    this.#loop = new Loop({
      name: 'look-ups',
      everyMs: EVERY_MS,
      tick: (signal) => this.answerNext(signal),
      log,
      health,
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async keep(questions: readonly Question[]): Promise<void> {
    await keepQuestions(this.#context.database, questions);
    if (questions.length > 0) this.#loop.wake();
  }

  /** True when there was one. */
  async answerNext(signal: AbortSignal): Promise<boolean> {
    const { database, outbox } = this.#context;
    const question = await takeQuestion<Question>(database);
    if (!question) return false;
    const { site: _, ...asked } = question;
    const answer = { ...asked, event: 'directory-answered' as const, directory: await this.#ask(question, signal) };
    await database.transaction((tx) => outbox.add(tx, [encodeEvent(TOPICS.lookUp, answer, SERVICE, traceparent())]));
    return true;
  }

  async #ask(question: Question, signal: AbortSignal): Promise<DirectoryAnswer> {
    const at = new Date().toISOString();
    try {
      const resolved = await this.#resolve(question);
      if (!resolved) return { at, resolved: [], named: [], problem: NOT_READ_YET };
      if (resolved.length > 0 && resolved.every(({ object }) => object !== null)) return { at, resolved, named: [] };
      return { at, ...matched(question, resolved, await this.#named(question, signal)) };
    } catch (error) {
      if (signal.aborted) throw error;
      const { message, advice } = asAppError(error);
      return { at, resolved: [], named: [], problem: `${message} ${advice}` };
    }
  }

  /** Undefined while the mirror may not be believed. */
  async #resolve({ tenant, collectionType: kind, site }: Question): Promise<DirectoryAnswer['resolved'] | undefined> {
    const members = site.resources.map((each) => ({ ...each, kind }));
    const snapshot = await readSnapshot(this.#context.database, tenant, keysOf(members, tenant));
    if (!(kind === 'device' ? snapshot.deviceReady : snapshot.userReady)) return undefined;
    const findings = new Findings(snapshot.found, snapshot.siteIds);
    return members.map((member) => {
      const { object, reason } = judgeMember(member, { tenant, disabledObjects: 'keep' }, findings);
      const enabled = snapshot.found.find((one) => one.object === object)?.enabled;
      return { resource: member.resource, object, enabled, reason };
    });
  }

  async #named({ tenant, collectionType, name, site }: Question, signal: AbortSignal): Promise<NamedObject[]> {
    const asked = name ?? site.resources[0]?.name;
    if (asked === undefined) return [];
    const client = this.#context.graph.client(tenant, FOR_SOMEBODY_WHO_WAITS);
    return findByName(client, collectionType, { name: asked, top: MAX_FOUND, signal });
  }
}

/** An object that the site knows by its id is no namesake, although the mirror has not heard of it yet. */
const matched = (
  { site }: Question,
  resolved: DirectoryAnswer['resolved'],
  found: readonly NamedObject[],
): Pick<DirectoryAnswer, 'resolved' | 'named'> => {
  const same = (resource: number): NamedObject | undefined => {
    const { deviceId, userId } = site.resources.find((one) => one.resource === resource)?.identity ?? {};
    const known = deviceId ?? userId;
    return known === undefined ? undefined : found.find((one) => [one.object, one.deviceId].includes(known));
  };
  const all = resolved.map((one) => {
    const object = one.object === null ? same(one.resource) : undefined;
    return object ? { resource: one.resource, object: object.object, enabled: object.enabled } : one;
  });
  const objects = new Set(all.map(({ object }) => object));
  const named = found.filter(({ object }) => !objects.has(object));
  return { resolved: all, named: named.map(({ object, name, enabled }) => ({ object, name, enabled })) };
};
