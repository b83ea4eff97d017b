import {
  AppError,
  encodeEvent,
  partsOfTarget,
  policy,
  targetOf,
  TOPICS,
  type CollectionType,
} from '@collection-sync/core';
import { getGroup, MeteredGraph, type GraphCaller, type Group } from '@collection-sync/graph';
import { traceparent } from '@collection-sync/platform';
import { Database, Outbox, type Queryable, type Tx } from '@collection-sync/postgres';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/actor.js';
import { refuseBelow, roleIn, type Place } from '../auth/grants.js';
import { shownCollection, type ShownCollection } from './shown-collection.js';
import { entityTag } from '../http/answer-headers.js';
import { notFound, Problem } from '../http/problem.js';
import { changeChannel, noteChanges } from '../live/live.js';
import { refreshOverview } from '../project/refresh-overview.js';
import { keptOrTakenBack } from './kept-or-taken-back.js';
import { FOR_SOMEBODY_WHO_WAITS, preflightOf } from './preflight.js';
import { groupRefusal, refuseGuardChange } from './rights.js';
import type { StatusSettings } from '../settings.js';
import { insertAudit, type Deed } from '../store/audit.js';
import { findCollection } from '../store/collections.js';
import { isTenantEnabled, setTenantEnabled } from '../store/tenants.js';
import {
  findMapping,
  lockTargets,
  mappingsOfTenant,
  toMapping,
  writeMapping,
  type MappingRow,
  type MappingWrite,
} from '../store/mappings.js';
import type { MappingChange, MappingCreate } from './mappings.contract.js';

/** Everything that changes a mapping: one transaction each, with its record in the outbox and its line in the audit log. */
@Injectable()
export class Mappings {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly graph: MeteredGraph,
    private readonly settings: StatusSettings,
  ) {}

  async create(actor: Actor, given: MappingCreate, condition: Condition = {}): Promise<MappingRow> {
    const target = targetOf(given.tenantId, given.groupId);
    const place = { tenant: given.tenantId, collection: given.collectionId };
    refuseBelow(actor, 'Operator', place);
    this.refuseUnknown(given.tenantId);
    await refuseTaken(this.database, await findMapping(this.database, target), given.collectionId);
    refuseGuardChange(actor, place, policy.parse({}).guard, given.policy.guard);
    const groupName = await this.nameOf(actor, given);
    return this.change(actor, target, condition, async (tx, before) => {
      await refuseTaken(tx, before, given.collectionId);
      const collection = await collectionOf(tx, given.collectionId, given.collectionType);
      const enabled = await isTenantEnabled(tx, given.tenantId);
      const paused = given.paused || !enabled;
      return {
        action: 'mapping.create',
        activates: true,
        write: {
          ...collection,
          groupName,
          collection: given.collectionId,
          state: paused ? 'paused' : 'active',
          pausedBy: given.paused ? 'operator' : paused ? 'tenant' : null,
          policy: given.policy,
          schedule: given.schedule,
        },
      };
    });
  }

  async patch(actor: Actor, target: string, given: MappingChange, condition: Condition = {}): Promise<MappingRow> {
    return this.change(actor, target, condition, async (tx, before) => {
      const mapping = alive(before, target);
      refuseDeleting(mapping);
      const moves = given.collectionId !== undefined && given.collectionId !== mapping.collection;
      const collection = moves ? await collectionOf(tx, given.collectionId ?? '') : {};
      const { guard, ...rest } = given.policy ?? {};
      const changed = policy.parse({ ...mapping.policy, ...rest, guard: { ...mapping.policy.guard, ...guard } });
      refuseGuardChange(actor, placeOf(mapping), mapping.policy.guard, changed.guard);
      return {
        action: 'mapping.change',
        detail: given,
        activates: moves,
        write: {
          ...mapping,
          ...collection,
          ...(given.groupName === undefined ? {} : { groupName: given.groupName }),
          collection: given.collectionId ?? mapping.collection,
          policy: changed,
          schedule: given.schedule ?? mapping.schedule,
        },
      };
    });
  }

  pause(actor: Actor, target: string, condition: Condition = {}): Promise<MappingRow> {
    return this.change(actor, target, condition, async (_, before) => {
      const mapping = alive(before, target);
      refuseDeleting(mapping);
      if (mapping.pausedBy === 'operator') return undefined;
      return {
        action: 'mapping.pause',
        activates: false,
        write: { ...mapping, state: 'paused', pausedBy: 'operator' },
      };
    });
  }

  resume(actor: Actor, target: string, condition: Condition = {}): Promise<MappingRow> {
    return this.change(actor, target, condition, async (tx, before) => {
      const mapping = alive(before, target);
      refuseDeleting(mapping);
      if (mapping.state === 'active') return undefined;
      const enabled = await isTenantEnabled(tx, mapping.tenant);
      if (!enabled && mapping.pausedBy === 'tenant') {
        throw new Problem(409, 'The whole tenant is switched off.', {
          advice: 'Switch the tenant on; its mappings then resume by themselves.',
        });
      }
      const write: Changed = enabled
        ? { ...mapping, state: 'active', pausedBy: null }
        : { ...mapping, state: 'paused', pausedBy: 'tenant' };
      return { action: 'mapping.resume', activates: enabled, write };
    });
  }

  /** Once more goes on with a deletion that was cancelled. The switch of its tenant stops one that removes members. */
  delete(actor: Actor, target: string, members: 'leave' | 'remove', condition: Condition = {}): Promise<MappingRow> {
    return this.change(actor, target, condition, async (tx, before) => {
      const mapping = alive(before, target);
      const enabled = await isTenantEnabled(tx, mapping.tenant);
      const pausedBy = enabled || members === 'leave' ? null : 'tenant';
      const write: Changed = { ...mapping, state: 'deleting', pausedBy, onDelete: members };
      return { action: 'mapping.delete', detail: { members }, activates: false, write };
    });
  }

  /**
   * The switch of a whole tenant: pauses what is active or removes members, and resumes what only the switch had paused.
   * @returns the targets that it concerned
   */
  switchTenant(actor: Actor, tenant: string, enabled: boolean, { dryRun }: Condition = {}): Promise<string[]> {
    refuseBelow(actor, 'Admin', { tenant });
    return keptOrTakenBack(this.database, dryRun, async (tx) => {
      const changed = await setTenantEnabled(tx, tenant, enabled, actor.name);
      if (!changed) return [];
      await insertAudit(tx, actor, {
        action: enabled ? 'tenant.enable' : 'tenant.disable',
        subject: tenant,
        before: { enabled: !enabled },
        after: { enabled },
      });
      await lockTargets(
        tx,
        (await mappingsOfTenant(tx, tenant)).map(({ target }) => target),
      );
      const concerned = (await mappingsOfTenant(tx, tenant)).filter(({ state, pausedBy }) =>
        enabled ? pausedBy === 'tenant' : state === 'active' || state === 'deleting',
      );
      for (const mapping of concerned) {
        const deleting = mapping.state === 'deleting';
        const state = deleting ? 'deleting' : enabled ? 'active' : 'paused';
        const pausedBy = enabled ? null : 'tenant';
        await this.store(tx, { ...mapping, state, pausedBy, changedBy: actor.name }, enabled && !deleting);
      }
      await refreshOverview(
        tx,
        concerned.map(({ collection }) => collection),
      );
      await noteChanges(tx, changeChannel(this.database), 'tenant', [tenant]);
      return concerned.map(({ target }) => target);
    });
  }

  private change(
    actor: Actor,
    target: string,
    { dryRun, ifMatch }: Condition,
    decide: (tx: Tx, before: MappingRow | undefined) => Promise<Decision | undefined>,
  ): Promise<MappingRow> {
    return keptOrTakenBack(this.database, dryRun, async (tx) => {
      await lockTargets(tx, [target]);
      const before = await findMapping(tx, target);
      if (before) refuseBelow(actor, 'Operator', placeOf(before));
      if (ifMatch && before && !ifMatch.includes(entityTag(before.version))) throw changedMeanwhile(before);
      const decision = await decide(tx, before);
      if (!decision) return alive(before, target);
      const { action, activates, write } = decision;
      refuseBelow(actor, 'Operator', { tenant: partsOfTarget(target).tenant, collection: write.collection });
      const row = await this.store(tx, { onDelete: null, ...write, target, changedBy: actor.name }, activates);
      await insertAudit(tx, actor, {
        action,
        subject: target,
        detail: { collection: row.collection, ...decision.detail },
        before: before && toMapping(before),
        after: toMapping(row),
      });
      await refreshOverview(tx, [row.collection, ...(before ? [before.collection] : [])]);
      return row;
    });
  }

  private async store(tx: Tx, write: MappingWrite, activates: boolean): Promise<MappingRow> {
    const row = await writeMapping(tx, write, activates);
    await this.outbox.add(tx, [encodeEvent(TOPICS.mapping, toMapping(row), 'status', traceparent())]);
    await noteChanges(tx, changeChannel(this.database), 'mapping', [row.target]);
    return row;
  }

  /** @throws Problem 403 when the caller may not look into the group, 422 when there is none */
  async groupFor(actor: Actor, place: Place, id: string): Promise<Group> {
    this.refuseUnknown(place.tenant);
    const client = this.graph.client(place.tenant, FOR_SOMEBODY_WHO_WAITS);
    const group = await getGroup(client, id);
    if (!group) {
      throw new Problem(422, `Entra has no group ${id} in this tenant.`, {
        advice: 'Check the id; the search of groups shows it.',
      });
    }
    const refusal = await this.refusalOf(actor, place, group, client);
    if (refusal) throw refusal;
    return group;
  }

  /** Why the caller may not map a group. */
  refusalOf(actor: Actor, place: Place, group: Group, client: GraphCaller): Promise<Problem | undefined> {
    return groupRefusal(actor, place, group, client, this.settings.mappableGroups);
  }

  private refuseUnknown(tenant: string): void {
    if (this.graph.has(tenant)) return;
    throw new Problem(422, `Tenant ${tenant} is not configured here.`, {
      advice: 'Add it to TENANTS_FILE, or choose another tenant.',
    });
  }

  private async nameOf(actor: Actor, given: MappingCreate): Promise<string> {
    const place = { tenant: given.tenantId, collection: given.collectionId };
    const unseen = given.preflight === 'skip' && roleIn(actor, place) === 'Admin' && !this.settings.mappableGroups;
    if (unseen && given.groupName !== undefined) return given.groupName;
    const group = await this.groupFor(actor, place, given.groupId).catch((error: unknown) => {
      // the name is only for people; an Admin who skips the preflight gets the mapping without it
      if (unseen && error instanceof AppError) return undefined;
      throw error;
    });
    if (!group) return '';
    const check = preflightOf(group, given.collectionType);
    if (given.preflight === 'require' && !check.writable) {
      throw new Problem(422, check.problems.map(({ message }) => message).join(' '), { code: check.problems[0]?.code });
    }
    return given.groupName ?? group.displayName;
  }
}

const placeOf = ({ tenant, collection }: { tenant: string; collection: string }): Place => ({ tenant, collection });

/** Which version the caller means, and whether he only wants to know. */
export interface Condition {
  readonly dryRun?: boolean | undefined;
  /** entity tags */
  readonly ifMatch?: readonly string[] | undefined;
}

const changedMeanwhile = ({ changedAt, changedBy }: MappingRow): Problem =>
  new Problem(412, `The mapping was changed by ${changedBy} at ${changedAt.toISOString()}.`, {
    advice: 'Read it again, and make your change from what it is now.',
  });

type Changed = Omit<MappingWrite, 'target' | 'changedBy'>;

interface Decision {
  readonly action: Deed['action'];
  readonly detail?: object;
  readonly activates: boolean;
  readonly write: Changed;
}

const alive = (mapping: MappingRow | undefined, target: string): MappingRow => {
  if (!mapping || mapping.state === 'deleted') throw notFound(`A mapping of ${target}`);
  return mapping;
};

const refuseDeleting = (mapping: MappingRow): void => {
  if (mapping.state !== 'deleting') return;
  throw new Problem(409, 'The mapping is being deleted.', {
    advice: 'Create it again to keep the group synchronised.',
  });
};

/** One group has one collection. A mapping on its way out makes room, and one whose collection the site has lost goes over to another. */
const refuseTaken = async (db: Queryable, mapping: MappingRow | undefined, collection: string): Promise<void> => {
  if (!mapping || mapping.state === 'deleted' || mapping.state === 'deleting') return;
  const moves = mapping.collection !== collection;
  if (moves && (await findCollection(db, mapping.collection))?.state === 'missing') return;
  const name = mapping.collectionName ? ` (${mapping.collectionName})` : '';
  throw new Problem(409, `The group is synchronised with collection ${mapping.collection}${name} already.`, {
    collection: mapping.collection,
    advice: 'A group has one collection. Change that mapping, delete it first, or choose another group.',
  });
};

const collectionOf = async (on: Queryable, id: string, type?: CollectionType): Promise<ShownCollection> => {
  const shown = await shownCollection(on, id);
  if (shown) return shown;
  if (type) return { collectionName: '', collectionType: type };
  throw new Problem(422, `The site has not shown a collection ${id}.`, {
    advice:
      'Check the id; a new collection is listed within a minute. With collectionType given it can be mapped before.',
  });
};
