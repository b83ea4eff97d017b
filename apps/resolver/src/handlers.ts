import { OnState, OnWork } from '@collection-sync/bus';
import { TOPICS, type HandlerContext, type Received } from '@collection-sync/core';
import { Controller } from '@nestjs/common';
import { FollowDirectories } from './follow/follow-directories.js';
import { AnswerLookUps } from './look-up/answer-look-ups.js';
import { ForwardMembership } from './resolve/forward-membership.js';

type Delta = typeof TOPICS.membershipDelta;

/** Every topic that the resolver consumes. */
@Controller()
export class ResolverHandlers {
  readonly #directories: FollowDirectories;
  readonly #membership: ForwardMembership;
  readonly #lookUps: AnswerLookUps;

  constructor(directories: FollowDirectories, membership: ForwardMembership, lookUps: AnswerLookUps) {
    this.#directories = directories;
    this.#membership = membership;
    this.#lookUps = lookUps;
  }

  @OnState(TOPICS.mapping)
  async mappings(records: Received<typeof TOPICS.mapping>[]): Promise<void> {
    await this.#directories.learn(records.map(({ event }) => event));
  }

  @OnWork(TOPICS.lookUp)
  async lookUp(records: Received<typeof TOPICS.lookUp>[]): Promise<void> {
    await this.#lookUps.keep(records.map(({ event }) => event).filter((event) => event.event === 'site-answered'));
  }

  /** The one handler that publishes instead of storing: what has been published is what has been consumed. */
  @OnWork(TOPICS.membershipDelta)
  async membership(records: Received<Delta>[], context: HandlerContext<Delta>): Promise<void> {
    await this.#membership.forward(records, context);
  }
}
