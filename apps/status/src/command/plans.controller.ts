import { targetOf } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { CONTEXT } from '@collection-sync/platform';
import { Controller, Inject } from '@nestjs/common';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { ReadScope, type Scope } from '../auth/scope.js';
import { hasRequested } from '../store/audit.js';
import type { StatusSettings } from '../settings.js';
import { toCommandAnswer } from './command-answer.js';
import { Commands, type Order } from './commands.js';
import type { CommandAnswer } from './commands.contract.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, decodeMomentCursor, toPage } from '../http/page.js';
import { invalid, notFound, Problem } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { findPlan, pageOfPlans, type PlanRow } from '../store/plans.js';
import { scopeOfRun } from '../store/runs.js';
import { toPlanAnswer } from './plan-answer.js';
import { approvePart, approvePlan, getPlan, keepPlan, listPlans, rejectPlan } from './plans.contract.js';

/** What may still be decided: who stays after a rejection may be let go after all. */
const DECIDABLE = {
  approve: ['open', 'rejected', 'expired', 'kept'],
  reject: ['open'],
  keep: ['open', 'rejected', 'expired'],
} as const satisfies Record<string, readonly PlanRow['state'][]>;
type Decision = keyof typeof DECIDABLE;

const orderOf = (
  decision: Decision,
  plan: string,
  objects?: readonly string[],
): Pick<Order, 'kind' | 'plan' | 'keep' | 'objects'> => ({
  kind: decision === 'approve' ? 'approve' : 'reject',
  plan,
  ...(decision === 'keep' ? { keep: true } : {}),
  ...(objects ? { objects } : {}),
});

@Controller()
export class PlansController {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    @Inject(CONTEXT) private readonly context: { readonly settings: StatusSettings },
  ) {}

  @Serve(listPlans)
  async list(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof listPlans>,
  ): Promise<AnswerOf<typeof listPlans>> {
    if (query.groupId && !query.tenantId)
      throw invalid([{ field: 'query.tenantId', message: 'is needed beside groupId' }]);
    const target = query.groupId && query.tenantId ? targetOf(query.tenantId, query.groupId) : undefined;
    const rows = await pageOfPlans(
      this.database,
      scope.toParameter(),
      query,
      target,
      decodeMomentCursor(query.cursor, 'held'),
    );
    return toPage(rows, query.limit, toPlanAnswer, ({ heldAt, id }) => cursorOf('held', [heldAt.toISOString(), id]));
  }

  @Serve(getPlan)
  async get(
    @ReadScope() scope: Scope,
    @Input() { params }: InputOf<typeof getPlan>,
  ): Promise<AnswerOf<typeof getPlan>> {
    const plan = await findPlan(this.database, params.id);
    if (!plan || !scope.holds(scopeOfRun(plan))) throw notFound(`A plan ${params.id}`);
    return toPlanAnswer(plan);
  }

  @Serve(approvePlan)
  approve(@CurrentActor() actor: Actor, @Input() { params }: InputOf<typeof approvePlan>): Promise<CommandAnswer> {
    return this.decide(actor, params.id, 'approve');
  }

  @Serve(rejectPlan)
  reject(@CurrentActor() actor: Actor, @Input() { params }: InputOf<typeof rejectPlan>): Promise<CommandAnswer> {
    return this.decide(actor, params.id, 'reject');
  }

  @Serve(approvePart)
  approvePart(
    @CurrentActor() actor: Actor,
    @Input() { params, body }: InputOf<typeof approvePart>,
  ): Promise<CommandAnswer> {
    return this.decide(actor, params.id, 'approve', body.objectIds);
  }

  @Serve(keepPlan)
  keep(@CurrentActor() actor: Actor, @Input() { params }: InputOf<typeof keepPlan>): Promise<CommandAnswer> {
    return this.decide(actor, params.id, 'keep');
  }

  private async decide(
    actor: Actor,
    id: string,
    decision: Decision,
    objects?: readonly string[],
  ): Promise<CommandAnswer> {
    const known = await findPlan(this.database, id);
    if (!known) throw notFound(`A plan ${id}`);
    const row = await this.commands.send(actor, known.target, async (tx) => {
      const plan = await findPlan(tx, id);
      if (!plan || !(DECIDABLE[decision] as readonly string[]).includes(plan.state)) {
        throw new Problem(409, `The plan is ${plan?.state ?? 'gone'} already.`, {
          advice: 'Look at the open plans of the target.',
        });
      }
      if (
        decision === 'approve' &&
        this.context.settings.approvalByAnother &&
        (await hasRequested(tx, actor, plan.target, plan.heldAt))
      ) {
        throw new Problem(
          403,
          `${actor.name} asked for what these removals come from, so somebody else has to approve them.`,
          {
            advice: 'Ask another Operator to look at the plan.',
          },
        );
      }
      return { ...orderOf(decision, id, objects), collection: plan.collection };
    });
    return toCommandAnswer(row);
  }
}
