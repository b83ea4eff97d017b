import { partsOfTarget, targetOf, type CollectionType } from '@collection-sync/core';
import { Database, type Queryable } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { refuseBelow } from '../auth/grants.js';
import { ReadScope, type Scope } from '../auth/scope.js';
import { shownCollection } from '../map/shown-collection.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeMomentCursor, toPage } from '../http/page.js';
import { notFound, Problem } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findMapping, type MappingRow } from '../store/mappings.js';
import { findCommand, pageOfCommands, type CommandRow } from '../store/commands.js';
import { toCommandAnswer } from './command-answer.js';
import { Mappings } from '../map/mappings.js';
import { Commands, type Order } from './commands.js';
import {
  cancelRun,
  compareTarget,
  getCommand,
  listCommands,
  previewTarget,
  reportTarget,
  resendContent,
  retryMembers,
  syncTarget,
  type CommandAnswer,
} from './commands.contract.js';

type OfTarget = { params: { tenant: string; group: string } };

@Controller()
export class CommandsController {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly mappings: Mappings,
  ) {}

  @Serve(syncTarget)
  sync(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof syncTarget>): Promise<CommandAnswer> {
    const { kind, listing } = input.body;
    return this.send(actor, input, { kind, listing }, refuseInactive);
  }

  @Serve(resendContent)
  resend(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof resendContent>): Promise<CommandAnswer> {
    return this.send(actor, input, { kind: 'resend' }, refuseInactive);
  }

  @Serve(retryMembers)
  retry(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof retryMembers>): Promise<CommandAnswer> {
    return this.send(actor, input, { kind: 'retry' }, (mapping) => {
      if (mapping.state !== 'deleting') refuseInactive(mapping);
    });
  }

  @Serve(compareTarget)
  compare(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof compareTarget>): Promise<CommandAnswer> {
    return this.send(actor, input, { kind: 'compare' }, ({ state }) => {
      if (state !== 'deleting') return;
      throw new Problem(409, 'The mapping is being deleted; there is nothing to compare with.');
    });
  }

  @Serve(cancelRun)
  cancel(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof cancelRun>): Promise<CommandAnswer> {
    return this.send(actor, input, { kind: 'cancel' });
  }

  @Serve(reportTarget)
  report(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof reportTarget>): Promise<CommandAnswer> {
    return this.send(actor, input, { kind: 'report' }, ({ tenant, collection }) =>
      refuseBelow(actor, 'Admin', { tenant, collection }),
    );
  }

  @Serve(previewTarget)
  async preview(@CurrentActor() actor: Actor, @Input() input: InputOf<typeof previewTarget>): Promise<CommandAnswer> {
    const target = targetOf(input.params.tenant, input.params.group);
    const known = await findMapping(this.database, target);
    const mapping = known?.state === 'deleted' ? undefined : known;
    const { tenant } = input.params;
    const place = { tenant, collection: input.body.collectionId ?? mapping?.collection };
    // a preview shows the members of the group: the right to another collection is not enough
    refuseBelow(actor, 'Operator', place);
    if (mapping) refuseBelow(actor, 'Operator', { tenant, collection: mapping.collection });
    else await this.mappings.groupFor(actor, place, input.params.group);
    const row = await this.commands.send(actor, target, async (tx) => {
      const collection = input.body.collectionId ?? (await mapped(tx, target)).collection;
      return { kind: 'preview', collection, collectionType: await typeOf(tx, collection) };
    });
    return toCommandAnswer(row);
  }

  @Serve(listCommands)
  async list(
    @ReadScope() scope: Scope,
    @Input() { params, query }: InputOf<typeof listCommands>,
  ): Promise<AnswerOf<typeof listCommands>> {
    const position = decodeMomentCursor(query.cursor, 'issued');
    const target = targetOf(params.tenant, params.group);
    const rows = await pageOfCommands(this.database, scope.toParameter(), target, position, query.limit);
    return toPage(rows, query.limit, toCommandAnswer, ({ issuedAt, id }) =>
      cursorOf('issued', [issuedAt.toISOString(), id]),
    );
  }

  @Serve(getCommand)
  async get(@ReadScope() scope: Scope, @Input() { params }: InputOf<typeof getCommand>): Promise<CommandAnswer> {
    const row = await findCommand(this.database, params.id);
    if (!row || !scope.holds(scopeOfCommand(row))) throw notFound(`A command ${params.id}`);
    return toCommandAnswer(row);
  }

  private async send(
    actor: Actor,
    { params }: OfTarget,
    order: Pick<Order, 'kind' | 'listing'>,
    check?: (mapping: MappingRow) => void,
  ): Promise<CommandAnswer> {
    const target = targetOf(params.tenant, params.group);
    const row = await this.commands.send(actor, target, async (tx) => {
      const mapping = await mapped(tx, target);
      check?.(mapping);
      return { ...order, collection: mapping.collection, collectionType: mapping.collectionType };
    });
    return toCommandAnswer(row);
  }
}

const scopeOfCommand = ({ target, placedIn }: CommandRow) => ({
  tenant: partsOfTarget(target).tenant,
  collection: placedIn ?? undefined,
});

const refuseInactive = ({ state }: MappingRow): void => {
  if (state === 'active') return;
  const advice = state === 'paused' ? 'Resume it first: that alone makes a full run.' : undefined;
  throw new Problem(409, `The mapping is ${state}; nothing is sent for it.`, { advice });
};

const mapped = async (on: Queryable, target: string): Promise<MappingRow> => {
  const mapping = await findMapping(on, target);
  if (!mapping || mapping.state === 'deleted') throw notFound(`A mapping of ${target}`);
  return mapping;
};

const typeOf = async (on: Queryable, collection: string): Promise<CollectionType> => {
  const shown = await shownCollection(on, collection);
  if (!shown) throw new Problem(422, `The site has not shown a collection ${collection}.`);
  return shown.collectionType;
};
