import { Controller } from '@nestjs/common';
import { OnWork } from '@collection-sync/bus';
import { TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { ForwardMembership } from '../resolve/forward-membership.js';

@Controller()
export class MembershipDeltaController {
  constructor(private readonly forwarding: ForwardMembership) {}

  @OnWork(TOPICS.membershipDelta)
  async forward(
    records: Received<typeof TOPICS.membershipDelta>[],
    context: HandlerContext<typeof TOPICS.membershipDelta>,
  ): Promise<void> {
    await this.forwarding.forward(records, context);
  }
}
