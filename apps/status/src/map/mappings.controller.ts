import { targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { IfMatch } from '../http/if-match.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { createEach } from './create-each.js';
import { toAnswer } from './mapping-answer.js';
import { findMapping } from '../store/mappings.js';
import { pageOfMappings } from '../store/mappings.js';
import { Mappings } from './mappings.js';
import {
  changeMapping,
  createMapping,
  createMappings,
  deleteMapping,
  getMapping,
  listMappings,
  pauseMapping,
  resumeMapping,
  type MappingAnswer,
} from './mappings.contract.js';

type OfTarget = { params: { tenant: string; group: string } };
const idOf = ({ params }: OfTarget): string => targetOf(params.tenant, params.group);

@Controller()
export class MappingsController {
  constructor(
    private readonly database: Database,
    private readonly mappings: Mappings,
  ) {}

  @Serve(listMappings)
  async list(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof listMappings>,
  ): Promise<AnswerOf<typeof listMappings>> {
    const after = decodeCursor(query.cursor, 'target', ['string'])?.[0];
    const rows = await pageOfMappings(
      this.database,
      scope.toParameter(),
      query,
      typeof after === 'string' ? after : '',
    );
    return toPage(rows, query.limit, toAnswer, ({ target }) => cursorOf('target', [target]));
  }

  @Serve(getMapping)
  async get(@ReadScope() scope: Scope, @Input() input: InputOf<typeof getMapping>): Promise<MappingAnswer> {
    const row = await findMapping(this.database, idOf(input));
    if (!row || !scope.holds(row)) throw notFound(`A mapping of ${idOf(input)}`);
    return toAnswer(row);
  }

  @Serve(createMapping)
  async create(
    @CurrentActor() actor: Actor,
    @Input() { query, body }: InputOf<typeof createMapping>,
  ): Promise<MappingAnswer> {
    return toAnswer(await this.mappings.create(actor, body, query));
  }

  @Serve(createMappings)
  async createMany(
    @CurrentActor() actor: Actor,
    @Input() { query, body }: InputOf<typeof createMappings>,
  ): Promise<AnswerOf<typeof createMappings>> {
    return { results: await createEach(this.mappings, actor, body.mappings, query) };
  }

  @Serve(changeMapping)
  async patch(
    @CurrentActor() actor: Actor,
    @Input() input: InputOf<typeof changeMapping>,
    @IfMatch() ifMatch: readonly string[] | undefined,
  ): Promise<MappingAnswer> {
    return toAnswer(await this.mappings.patch(actor, idOf(input), input.body, { ...input.query, ifMatch }));
  }

  @Serve(deleteMapping)
  async delete(
    @CurrentActor() actor: Actor,
    @Input() input: InputOf<typeof deleteMapping>,
    @IfMatch() ifMatch: readonly string[] | undefined,
  ): Promise<MappingAnswer> {
    const { members, dryRun } = input.query;
    return toAnswer(await this.mappings.delete(actor, idOf(input), members, { dryRun, ifMatch }));
  }

  @Serve(pauseMapping)
  async pause(
    @CurrentActor() actor: Actor,
    @Input() input: InputOf<typeof pauseMapping>,
    @IfMatch() ifMatch: readonly string[] | undefined,
  ): Promise<MappingAnswer> {
    return toAnswer(await this.mappings.pause(actor, idOf(input), { ifMatch }));
  }

  @Serve(resumeMapping)
  async resume(
    @CurrentActor() actor: Actor,
    @Input() input: InputOf<typeof resumeMapping>,
    @IfMatch() ifMatch: readonly string[] | undefined,
  ): Promise<MappingAnswer> {
    return toAnswer(await this.mappings.resume(actor, idOf(input), { ifMatch }));
  }
}
