import { encodeEvent, partsOfTarget, TOPICS, type CollectionType, type CommandKind } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import { Database, Outbox, type Tx } from '@collection-sync/postgres';
import { Injectable } from '@nestjs/common';
import { insertAudit } from '../store/audit.js';
import type { Actor } from '../auth/actor.js';
import { refuseBelow } from '../auth/grants.js';
import { changeChannel, noteChanges } from '../live/live.js';
import { lockTargets } from '../store/mappings.js';
import type { StatusSettings } from '../settings.js';
import { insertCommand, type CommandRow } from '../store/commands.js';

/** What is to be sent. */
export interface Order {
  readonly kind: CommandKind;
  readonly target: string;
  readonly collection?: string;
  readonly collectionType?: CollectionType;
  readonly plan?: string;
  /** a full synchronisation lists the group in any case */
  readonly listing?: boolean;
  /** a rejection for good */
  readonly keep?: boolean;
  /** an approval of these members of the plan alone */
  readonly objects?: readonly string[];
}

/** Sends commands: a row to follow it by, a record in the outbox, a line in the audit log, in one transaction. */
@Injectable()
export class Commands {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly settings: StatusSettings,
  ) {}

  /** @param check throws when the command makes no sense now; what it reads stays as it is until the commit */
  send(actor: Actor, target: string, decide: (tx: Tx) => Promise<Omit<Order, 'target'>>): Promise<CommandRow> {
    return this.database.transaction(async (tx) => {
      await lockTargets(tx, [target]);
      const order = await decide(tx);
      refuseBelow(actor, 'Operator', { tenant: partsOfTarget(target).tenant, collection: order.collection });
      const row = await this.issue(tx, actor.name, { ...order, target });
      await insertAudit(tx, actor, {
        action: `command.${order.kind}`,
        subject: target,
        detail: {
          command: row.id,
          ...(order.collection ? { collection: order.collection } : {}),
          ...(order.plan ? { plan: order.plan } : {}),
          ...(order.listing ? { listing: true } : {}),
          ...(order.keep ? { keep: true } : {}),
          ...(order.objects ? { objects: order.objects } : {}),
        },
      });
      return row;
    });
  }

  /** What status itself sends. The caller holds the lock of the target. */
  async issue(tx: Tx, by: string, order: Order): Promise<CommandRow> {
    const { kind, target, collection, collectionType, plan, listing, keep, objects } = order;
    const id = crypto.randomUUID();
    const row = await insertCommand(tx, {
      id,
      kind,
      target,
      collection: collection ?? null,
      plan: plan ?? null,
      by,
      seconds: this.settings.commandSeconds,
    });
    const event = {
      id,
      kind,
      target,
      ...partsOfTarget(target),
      ...(collection ? { collection } : {}),
      ...(collectionType ? { collectionType } : {}),
      ...(plan && !objects ? { plan } : {}),
      ...(plan && objects ? { part: { plan, objects: [...objects] } } : {}),
      ...(listing ? { listing } : {}),
      ...(keep ? { keep } : {}),
      issuedAt: row.issuedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      by,
    };
    await this.outbox.add(tx, [encodeEvent(TOPICS.command, event, 'status', traceparent())]);
    await noteChanges(tx, changeChannel(this.database), 'command', [id]);
    return row;
  }
}
