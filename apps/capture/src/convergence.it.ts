import fc from 'fast-check';
import { TOPICS, type MembershipDelta } from '@collection-sync/core';
import { readVariable } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeSite } from '../test/fake-site.js';
import { CaptureHarness, claimDue, COLLECTION, decoded, TARGET, TENANT } from '../test/harness.js';
import { LedgerModel } from '../test/ledger-model.js';
import { runMaintenance } from './maintain/run-maintenance.js';
import { serve } from './serve-collections.js';
import { saveIdentityChanges } from './store/resources.js';
import { isAnswer, receiveAnswer, type WriterAnswer } from './confirm/receive-answer.js';

/** Random histories against the real SQL; more of them with PROPERTY_RUNS. */
const RUNS = Number(readVariable('PROPERTY_RUNS') ?? 25);
const RESOURCES = [1, 2, 3, 4, 5];
/** Always a member, whatever else happens: it must never be taken out. */
const FAITHFUL = 1;
const TABLES = [
  'site',
  'collection',
  'resource',
  'membership',
  'target',
  'tenant',
  'transfer',
  'command_seen',
  'command',
  'identity_change',
];

const deviceId = (resource: number, generation: number): string =>
  `de000000-0000-4000-8000-${String(generation).padStart(4, '0')}${String(resource).padStart(8, '0')}`;

type Fate = 'once' | 'twice' | 'lost';

type Action =
  | { kind: 'change'; present: boolean[]; generation: number; moveTime: boolean }
  | { kind: 'changeInRead'; present: boolean[] }
  | { kind: 'lie'; hidden: boolean[]; failing: string | undefined }
  | { kind: 'work'; reread: boolean }
  | { kind: 'crash'; after: number; point: 'publish' | 'capture.version-committed' | 'capture.chunk-sent' }
  | { kind: 'race' }
  | { kind: 'overtake'; present: boolean[]; point: 'capture.version-committed' | 'capture.chunk-sent' }
  | { kind: 'deliver'; fates: Fate[] }
  | { kind: 'answer'; fates: Fate[] }
  | { kind: 'identity'; resource: number }
  | { kind: 'command'; command: 'full' | 'incremental' | 'resend' }
  | { kind: 'remap' }
  | { kind: 'mirror'; ready: boolean }
  | { kind: 'resend' }
  | { kind: 'ledger-version' }
  | { kind: 'replay' }
  | { kind: 'backUp' }
  | { kind: 'restoreCapture' }
  | { kind: 'restoreLedger' };

const present = fc.array(fc.boolean(), { minLength: RESOURCES.length, maxLength: RESOURCES.length });
const fates = fc.array(fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'lost' as const), {
  minLength: 1,
  maxLength: 4,
});
const weighted = (weight: number, arbitrary: fc.Arbitrary<Action>) => ({ weight, arbitrary });
const action: fc.Arbitrary<Action> = fc.oneof(
  weighted(6, fc.record({ kind: fc.constant('change'), present, generation: fc.nat(2), moveTime: fc.boolean() })),
  weighted(2, fc.record({ kind: fc.constant('changeInRead'), present })),
  weighted(
    2,
    fc.record({
      kind: fc.constant('lie'),
      hidden: present,
      failing: fc.constantFrom(undefined, undefined, 'members', 'resources', 'collections'),
    }),
  ),
  weighted(8, fc.record({ kind: fc.constant('work'), reread: fc.boolean() })),
  weighted(
    4,
    fc.record({
      kind: fc.constant('crash'),
      after: fc.nat(3),
      point: fc.constantFrom('publish', 'capture.version-committed', 'capture.chunk-sent'),
    }),
  ),
  weighted(2, fc.constant({ kind: 'race' })),
  weighted(
    3,
    fc.record({
      kind: fc.constant('overtake'),
      present,
      point: fc.constantFrom('capture.version-committed', 'capture.chunk-sent'),
    }),
  ),
  weighted(7, fc.record({ kind: fc.constant('deliver'), fates })),
  weighted(6, fc.record({ kind: fc.constant('answer'), fates })),
  weighted(2, fc.record({ kind: fc.constant('identity'), resource: fc.constantFrom(...RESOURCES) })),
  weighted(2, fc.record({ kind: fc.constant('command'), command: fc.constantFrom('full', 'incremental', 'resend') })),
  weighted(1, fc.constant({ kind: 'remap' })),
  weighted(2, fc.record({ kind: fc.constant('mirror'), ready: fc.boolean() })),
  weighted(2, fc.constant({ kind: 'resend' })),
  weighted(1, fc.constant({ kind: 'ledger-version' })),
  weighted(1, fc.constant({ kind: 'replay' })),
  weighted(2, fc.constant({ kind: 'backUp' })),
  weighted(1, fc.constant({ kind: 'restoreCapture' })),
  weighted(1, fc.constant({ kind: 'restoreLedger' })),
) as fc.Arbitrary<Action>;

/** One history: a site, capture on its database, a bus that loses and repeats, and the ledger at the end of it. */
class World {
  readonly site: FakeSite;
  readonly ledger = new LedgerModel(TARGET);
  onTheWay: MembershipDelta[] = [];
  answers: WriterAnswer[] = [];
  /** how often the ledger asked for content that it missed */
  missing = 0;
  readonly #heard: WriterAnswer[] = [];
  /** something that the ledger has merged was never told: nobody can know what a restore of it has lost */
  #untold = false;
  /** how often the ledger was believed to have gone back */
  restorations = 0;
  #seenFaithful = false;
  #ledgerCopy: (() => void) | undefined;
  #backedUp = false;

  constructor(
    readonly capture: CaptureHarness,
    site: FakeSite,
  ) {
    this.site = site;
  }

  async begin(): Promise<void> {
    const { database } = this.capture;
    this.capture.publisher.refuse = undefined;
    this.capture.publisher.records = [];
    this.capture.atPoint = undefined;
    await database.query(`truncate ${TABLES.filter((table) => table !== 'site').join(', ')}, outbox, stage cascade`);
    await database.query('delete from site');
    await database.query('insert into site default values');
    Object.assign(this.site, { hide: new Set(), failing: undefined, between: undefined });
    this.site.set([[FAITHFUL, deviceId(FAITHFUL, 0)]]);
    await this.capture.directory('ready');
    await this.remap();
  }

  async remap(): Promise<void> {
    const { activated } = await this.capture.map();
    this.ledger.activate(activated);
  }

  async act(step: Action): Promise<void> {
    const { capture, site } = this;
    switch (step.kind) {
      case 'change':
        return site.set(this.#content(step.present, step.generation), step.moveTime);
      case 'changeInRead':
        site.between = () => site.set(this.#content(step.present, 0));
        return;
      case 'lie':
        site.hide = new Set(RESOURCES.filter((_, index) => step.hidden[index]));
        site.failing = step.failing;
        return;
      case 'work':
        return this.#work(step.reread);
      case 'crash':
        return this.#crash(step.after, step.point);
      case 'race':
        return this.#race();
      case 'overtake':
        return this.#overtake(step.present, step.point);
      case 'deliver':
        return this.deliver(step.fates);
      case 'answer':
        return this.answer(step.fates);
      case 'identity':
        return this.#directoryChange(step.resource);
      case 'command':
        await capture.command(step.command);
        return;
      case 'remap':
        return this.remap();
      case 'mirror':
        return capture.directory(step.ready ? 'ready' : 'unavailable');
      case 'resend':
        return this.overdue();
      case 'ledger-version':
        this.answers.push(this.ledger.ledgerVersion(COLLECTION));
        return;
      case 'replay':
        return this.#replay();
      case 'backUp':
        return this.#backUp();
      case 'restoreCapture':
        return this.#restoreCapture();
      case 'restoreLedger':
        // what was not told is gone with the outbox
        this.#untold ||= this.answers.length > 0;
        this.#ledgerCopy?.();
        this.#seenFaithful = this.ledger.members.has(FAITHFUL);
        return;
    }
  }

  #content(flags: boolean[], generation: number): [number, string][] {
    return RESOURCES.filter((resource, index) => resource === FAITHFUL || flags[index]).map((resource) => [
      resource,
      deviceId(resource, generation),
    ]);
  }

  async #work(reread: boolean): Promise<void> {
    await this.capture.database.query('update collection set hold_until = null, retry_at = null');
    await this.capture.tick();
    await (reread ? this.capture.reread() : this.capture.work());
    this.#collect();
  }

  /** The process dies at a point: what it had published is out, what it had not committed is gone. */
  async #crash(after: number, point: string): Promise<void> {
    const { capture } = this;
    let left = after;
    const die = () => (left-- <= 0 ? new Error('the process died') : undefined);
    if (point === 'publish') capture.publisher.refuse = die;
    else {
      capture.atPoint = (name) => {
        const error = name === point ? die() : undefined;
        if (error) throw error;
      };
    }
    await this.#work(true);
    capture.publisher.refuse = undefined;
    capture.atPoint = undefined;
    // a new process finds no locks and no claims that live
    await capture.database.query('update collection set claim = null, claimed_at = null, hold_until = null');
  }

  /** Two replicas serve one collection at once, as if neither lock nor claim worked. */
  async #race(): Promise<void> {
    await Promise.all([this.#serve(), this.#serve()]);
    this.#collect();
  }

  /** A replica halts at a point; the site changes, and another replica does everything meanwhile. */
  async #overtake(flags: boolean[], point: string): Promise<void> {
    const { capture, site } = this;
    capture.atPoint = (name) => {
      if (name !== point) return;
      capture.atPoint = undefined;
      site.set(this.#content(flags, 0));
      return this.#serve();
    };
    await this.#serve();
    capture.atPoint = undefined;
    this.#collect();
  }

  async #serve(): Promise<void> {
    const { database, context } = this.capture;
    await database.query('update collection set asked = asked + 1, retry_at = null, hold_until = null');
    const claims = await claimDue(database, { limit: 1, periodic: false, claimMs: 0, retryMaxMs: 1 });
    const free = { take: async () => true, extend: async () => true, release: async () => undefined };
    for (const claim of claims) await serve({ ...context, locks: free }, claim, AbortSignal.timeout(60_000));
  }

  #collect(): void {
    this.onTheWay.push(...decoded(this.capture.publisher.records.splice(0), TOPICS.membershipDelta));
  }

  /** Order per key is kept; some are lost on the way, some come twice. A mirror that is not ready drops them. */
  deliver(fates: readonly string[]): void {
    this.onTheWay.splice(0).forEach((chunk, index) => {
      const fate = fates[index % fates.length];
      for (let copy = fate === 'lost' ? 0 : fate === 'twice' ? 2 : 1; copy > 0; copy -= 1) {
        if (chunk.targets.some(({ reason }) => reason?.startsWith('restored:'))) this.restorations += 1;
        const answers = this.ledger.receive(chunk);
        this.missing += answers.filter(({ event }) => event === 'content-missing').length;
        this.answers.push(...answers);
        if (this.ledger.members.has(FAITHFUL)) this.#seenFaithful = true;
        // nobody leaves who was a member all the time
        if (this.#seenFaithful) expect([...this.ledger.members.keys()]).toContain(FAITHFUL);
      }
    });
  }

  /** Everything that the ledger has ever said is heard again. */
  async #replay(): Promise<void> {
    for (const answer of [...this.#heard]) await receiveAnswer(this.capture.context, answer);
  }

  async answer(fates: readonly string[]): Promise<void> {
    for (const [index, answer] of this.answers.splice(0).entries()) {
      const fate = fates[index % fates.length];
      for (let copy = fate === 'lost' ? 0 : fate === 'twice' ? 2 : 1; copy > 0; copy -= 1) {
        expect(isAnswer(answer)).toBe(true);
        await receiveAnswer(this.capture.context, answer);
        this.#heard.push(answer);
      }
      this.#untold ||= fate === 'lost';
    }
  }

  /** What is due is done once more; nothing is sent again because an answer did not come. */
  async goOn(): Promise<void> {
    await this.capture.directory('ready');
    for (let round = 0; round < 2; round += 1) {
      this.answers.push(this.ledger.ledgerVersion(COLLECTION));
      await this.#work(true);
      await this.capture.refreshAllIdentities();
      await this.#work(false);
      this.deliver(['once']);
      await this.answer(['once']);
    }
  }

  async #directoryChange(resource: number): Promise<void> {
    const identities = [0, 1, 2].map((generation) => ({
      change: 'changed' as const,
      deviceId: deviceId(resource, generation),
    }));
    await this.capture.database.transaction((tx) =>
      saveIdentityChanges(tx, [{ tenant: TENANT, at: new Date().toISOString(), identities }]),
    );
  }

  /** A quarter of an hour has passed without an answer. */
  async overdue(): Promise<void> {
    const { database, context } = this.capture;
    await database.query(`update target set behind_since = '2020-01-01' where behind_since is not null`);
    await runMaintenance(context, AbortSignal.timeout(60_000));
  }

  async #backUp(): Promise<void> {
    const { database } = this.capture;
    await database.query('drop schema if exists backup cascade');
    await database.query('create schema backup');
    for (const table of TABLES) await database.query(`create table backup.${table} as table ${table}`);
    this.#ledgerCopy = this.ledger.copy();
    this.#backedUp = true;
  }

  async #restoreCapture(): Promise<void> {
    if (!this.#backedUp) return;
    const { database } = this.capture;
    await database.query(`truncate ${TABLES.join(', ')} cascade`);
    for (const table of TABLES)
      await database.query(`insert into ${table} overriding system value table backup.${table}`);
    await database.query('update collection set claim = null, claimed_at = null');
    // a process that starts reads the mapping and the state of the mirror again
    await this.capture.repeatStates();
  }

  /** No more faults: whatever was lost heals by itself. */
  async heal(): Promise<void> {
    Object.assign(this.site, { hide: new Set(), failing: undefined, between: undefined });
    await this.capture.directory('ready');
    for (let [round, equal] = [0, 0]; round < 10 && equal < 2; round += 1) {
      await this.#work(true);
      if (round % 2 === 0) await this.capture.refreshAllIdentities();
      this.deliver(['once']);
      this.answers.push(this.ledger.ledgerVersion(COLLECTION));
      await this.answer(['once']);
      await this.overdue();
      equal = this.equal() ? equal + 1 : 0;
    }
  }

  equal(): boolean {
    const { members } = this.ledger;
    const { content } = this.site;
    return members.size === content.size && [...content].every(([resource, id]) => members.get(resource) === id);
  }

  expectTheGroup(): void {
    if (this.#untold) return;
    expect([...this.ledger.group].sort()).toEqual(
      [...this.site.content].map(([resource, id]) => `${resource} ${id}`).sort(),
    );
  }
}

/** Histories that random search meets seldom. */
const change = (flags: string, generation = 0): Action => ({
  kind: 'change',
  present: RESOURCES.map((_, index) => flags[index] === '1'),
  generation,
  moveTime: true,
});
const work: Action = { kind: 'work', reread: false };
const deliver: Action = { kind: 'deliver', fates: ['once'] };
const lose: Action = { kind: 'deliver', fates: ['lost'] };
const answers: Action = { kind: 'answer', fates: ['once'] };
const pass = [work, deliver, answers];
const known: Action[][] = [
  // capture's database is older than what the writer has merged, and the site as it was then
  [
    change('11100'),
    ...pass,
    { kind: 'backUp' },
    change('11111'),
    ...pass,
    change('11100'),
    ...pass,
    { kind: 'restoreCapture' },
  ],
  [change('11100'), ...pass, { kind: 'backUp' }, change('11111'), ...pass, { kind: 'restoreCapture' }, work, deliver],
  [change('11100'), ...pass, { kind: 'backUp' }, change('11111'), ...pass, change('11100'), { kind: 'restoreCapture' }],
  // the ledger goes back while capture does not
  [change('11100'), ...pass, { kind: 'backUp' }, change('10011'), ...pass, { kind: 'restoreLedger' }],
  // who left joins again, and content arrives before the ledger has told that it went back
  ...[[], [{ kind: 'command', command: 'resend' } as const]].map((asked): Action[] => [
    change('11100'),
    ...pass,
    { kind: 'backUp' },
    change('10100'),
    ...pass,
    { kind: 'restoreLedger' },
    change('11100'),
    ...asked,
    ...pass,
  ]),
  // a removal is lost, and its tombstone is gone
  [change('11111'), ...pass, change('11000'), work, lose, change('11010'), ...pass],
  // two replicas send the same delta, and a part of one of them is lost
  [
    change('11111'),
    ...pass,
    change('10000'),
    { kind: 'race' },
    { kind: 'deliver', fates: ['lost', 'once', 'once'] },
    answers,
    ...pass,
  ],
  // another replica publishes more while one sends, or before it does: tombstones of both versions
  ...(['capture.version-committed', 'capture.chunk-sent'] as const).map((point): Action[] => [
    change('11111'),
    ...pass,
    change('11000'),
    { kind: 'overtake', present: [true, false, true, false, false], point },
  ]),
  // crashes between commit and send, and in the middle of a send
  ...(['publish', 'capture.version-committed', 'capture.chunk-sent'] as const).flatMap((point) =>
    [0, 1, 2].map((after): Action[] => [
      change('11111'),
      { kind: 'crash', after, point },
      deliver,
      answers,
      change('10101'),
      { kind: 'crash', after, point },
      deliver,
    ]),
  ),
];

/** Nothing fails and nothing is lost; others work at the same time, and repeat what they say. */
const calm: fc.Arbitrary<Action> = fc.oneof(
  weighted(6, fc.record({ kind: fc.constant('change'), present, generation: fc.nat(2), moveTime: fc.boolean() })),
  weighted(2, fc.record({ kind: fc.constant('changeInRead'), present })),
  weighted(8, fc.record({ kind: fc.constant('work'), reread: fc.boolean() })),
  weighted(2, fc.constant({ kind: 'race' })),
  weighted(
    3,
    fc.record({
      kind: fc.constant('overtake'),
      present,
      point: fc.constantFrom('capture.version-committed', 'capture.chunk-sent'),
    }),
  ),
  weighted(
    7,
    fc.record({ kind: fc.constant('deliver'), fates: fc.constantFrom<Fate[][]>(['once'], ['once', 'twice']) }),
  ),
  weighted(
    6,
    fc.record({ kind: fc.constant('answer'), fates: fc.constantFrom<Fate[][]>(['once'], ['once', 'twice']) }),
  ),
  weighted(2, fc.record({ kind: fc.constant('identity'), resource: fc.constantFrom(...RESOURCES) })),
  weighted(1, fc.record({ kind: fc.constant('command'), command: fc.constantFrom('full', 'incremental', 'resend') })),
  weighted(1, fc.constant({ kind: 'remap' })),
  weighted(1, fc.record({ kind: fc.constant('mirror'), ready: fc.boolean() })),
  weighted(2, fc.constant({ kind: 'ledger-version' })),
  weighted(1, fc.constant({ kind: 'replay' })),
) as fc.Arbitrary<Action>;

describe('capture', () => {
  const site = new FakeSite();
  let capture: CaptureHarness;
  beforeAll(async () => {
    capture = await CaptureHarness.create(site, { readAttempts: 1, chunkMembers: 2 }, 'silent');
  });
  afterAll(() => capture.close());

  it('makes the ledger equal to the last complete read, whatever happened before, and never takes a faithful member out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 20 }), async (history) => {
        const world = new World(capture, site);
        await world.begin();
        for (const step of history) await world.act(step);
        await world.heal();
        expect(new Map([...world.ledger.members].sort())).toEqual(new Map([...site.content].sort()));
        world.expectTheGroup();
        expect(await capture.collection(COLLECTION)).toMatchObject({ state: 'ok' });
        expect(await capture.target(TARGET)).toMatchObject({ full_reason: null, merged: world.ledger.merged });
        const [tombstones] = await capture.database.query('select count(*) as n from membership where not present');
        expect(tombstones).toEqual({ n: 0 });
      }),
      {
        numRuns: RUNS + known.length,
        examples: known.map((history): [Action[]] => [history]),
        interruptAfterTimeLimit: 240_000,
      },
    );
  }, 300_000);

  it('needs no content sent again while nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(calm, { minLength: 1, maxLength: 20 }), async (history) => {
        const world = new World(capture, site);
        await world.begin();
        for (const step of history) await world.act(step);
        await world.goOn();
        expect(new Map([...world.ledger.members].sort())).toEqual(new Map([...site.content].sort()));
        expect(await capture.target(TARGET)).toMatchObject({
          full_reason: null,
          merged: world.ledger.merged,
          behind_since: null,
        });
        // only replicas that overtake each other tell the ledger of versions that it cannot follow
        if (!history.some(({ kind }) => kind === 'overtake')) expect(world.missing).toBe(0);
        expect(world.restorations).toBe(0);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 240_000 },
    );
  }, 300_000);
});
