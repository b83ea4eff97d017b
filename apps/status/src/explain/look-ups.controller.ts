import { encodeEvent, partsOfTarget, targetOf, TOPICS } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import { Database, Outbox, type Tx } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { refuseBelow } from '../auth/grants.js';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { InputOf } from '../http/contract.js';
import { notFound, Problem } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { countLookUps, findLookUp, insertLookUp } from '../store/look-ups.js';
import { findMapping } from '../store/mappings.js';
import { toLookUpAnswer } from './look-up-answer.js';
import { askLookUp, getLookUp, type LookUpAnswer } from './look-ups.contract.js';

const SECONDS = 60;
/** Each is some three questions to the site. */
const A_MINUTE = { own: 30, all: 120 } as const;

@Controller()
export class LookUpsController {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  @Serve(askLookUp)
  async ask(@CurrentActor() actor: Actor, @Input() { params, body }: InputOf<typeof askLookUp>): Promise<LookUpAnswer> {
    const target = targetOf(params.tenant, params.group);
    const mapping = await findMapping(this.database, target);
    if (!mapping || mapping.state === 'deleted') throw notFound(`A mapping of ${target}`);
    const { tenant, collection, collectionType } = mapping;
    refuseBelow(actor, 'Reader', { tenant, collection });
    const named = { name: body.name, resource: body.resourceId };
    const row = await this.database.transaction(async (tx) => {
      const by = `${actor.issuer} ${actor.subject}`;
      await refuseTooMany(tx, by);
      const id = crypto.randomUUID();
      const asked = await insertLookUp(tx, { id, target, collection, collectionType, ...named, by, seconds: SECONDS });
      const expiresAt = asked.expiresAt.toISOString();
      const event = { id, event: 'asked' as const, tenant, collection, collectionType, ...named, expiresAt };
      await this.outbox.add(tx, [encodeEvent(TOPICS.lookUp, event, 'status', traceparent())]);
      return asked;
    });
    return toLookUpAnswer(row);
  }

  @Serve(getLookUp)
  async get(@ReadScope() scope: Scope, @Input() { params }: InputOf<typeof getLookUp>): Promise<LookUpAnswer> {
    const row = await findLookUp(this.database, params.id);
    if (!row || !scope.holds({ tenant: partsOfTarget(row.target).tenant, collection: row.collection }))
      throw notFound(`A look-up ${params.id}`);
    return toLookUpAnswer(row);
  }
}

const refuseTooMany = async (tx: Tx, by: string): Promise<void> => {
  const { own, all } = await countLookUps(tx, by);
  if (own < A_MINUTE.own && all < A_MINUTE.all) return;
  const detail =
    own < A_MINUTE.own
      ? `${A_MINUTE.all} questions were asked in the last minute, as many as the site is asked.`
      : `You have asked ${A_MINUTE.own} questions in the last minute.`;
  throw new Problem(429, detail, { advice: 'Wait a minute, then ask again.' }, { 'retry-after': String(SECONDS) });
};
