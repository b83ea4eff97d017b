import { CONTEXT, type Health } from '@collection-sync/platform';
import { MeteredGraph } from '@collection-sync/graph';
import { Database } from '@collection-sync/postgres';
import { Controller, Inject } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf } from '../http/contract.js';
import { Serve } from '../http/serve.js';
import { findTenants } from '../store/tenants.js';
import { allUpstreams } from '../store/upstreams.js';
import { isUpstreamIn } from './upstream-answer.js';
import { listAlerts } from './alerts.contract.js';
import { alertsOf } from './alerts.js';

@Controller()
export class AlertsController {
  constructor(
    private readonly database: Database,
    private readonly graph: MeteredGraph,
    @Inject(CONTEXT) private readonly context: { readonly health: Health },
  ) {}

  @Serve(listAlerts)
  async list(@ReadScope() scope: Scope): Promise<AnswerOf<typeof listAlerts>> {
    const [tenants, upstreams] = [
      await findTenants(this.database, scope.toParameter(), this.graph.tenants()),
      (await allUpstreams(this.database)).filter((upstream) => isUpstreamIn(scope, upstream)),
    ];
    return { items: alertsOf({ now: new Date(), parts: this.context.health.report().parts, upstreams, tenants }) };
  }
}
