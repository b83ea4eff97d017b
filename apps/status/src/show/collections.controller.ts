import { memberStateName, targetOf, type Policy } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { iso, isoOrNull } from '../http/fields.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { notFound } from '../http/problem.js';
import { Input, Serve } from '../http/serve.js';
import { getCollection, getSummary, getTarget, listCollections } from './collections.contract.js';
import {
  countByWord,
  overviewOfCollection,
  overviewOfTarget,
  pageOfOverview,
  cursorKinds,
  type WordCount,
} from '../store/overview.js';
import { problemOf, toCollectionRow, typeName } from './collection-row.js';
import { collectionProblem, collectionStateOf } from '../store/collection-problem.js';
import { findCollection } from '../store/collections.js';
import { countMembersOf } from '../store/members.js';
import { readTotals } from '../store/numbers.js';
import { readTarget } from '../store/target-facts.js';
import { Installation } from './installation.js';

@Controller()
export class CollectionsController {
  constructor(
    private readonly database: Database,
    private readonly installation: Installation,
  ) {}

  @Serve(listCollections)
  async list(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof listCollections>,
  ): Promise<AnswerOf<typeof listCollections>> {
    const order = `${query.sort} ${query.order}`;
    const position = decodeCursor(query.cursor, order, cursorKinds(query.sort));
    const rows = await pageOfOverview(this.database, scope.toParameter(), query, position);
    return toPage(rows, query.limit, toCollectionRow, (row) =>
      cursorOf(order, [row.sortedBy, row.collection, row.target]),
    );
  }

  @Serve(getCollection)
  async get(
    @ReadScope() scope: Scope,
    @Input() { params }: InputOf<typeof getCollection>,
  ): Promise<AnswerOf<typeof getCollection>> {
    const found = await findCollection(this.database, params.id);
    if (!found || !scope.holds({ collection: params.id }))
      throw notFound(`Collection ${params.id}`, 'Check the id; a new collection is listed within a minute.');
    return {
      collectionId: found.collection,
      collectionName: found.name,
      collectionType: typeName(found.type),
      site: found.site,
      comment: found.comment,
      memberCount: found.count,
      state: collectionStateOf(found),
      problem: problemOf(collectionProblem(found)),
      version: found.version,
      changedTime: isoOrNull(found.changedAt),
      checkedTime: iso(found.checkedAt),
      lastRead: found.lastRead,
      lastComplete: found.lastComplete,
      productRelations: found.productRelations
        .filter((one) => scope.holds({ ...one, collection: params.id }))
        .map(({ group, groupName, tenant }) => ({
          groupId: group,
          groupName,
          tenantId: tenant ?? null,
        })),
      targets: (await overviewOfCollection(this.database, scope.toParameter(), params.id)).map(toCollectionRow),
    };
  }

  @Serve(getTarget)
  async target(
    @ReadScope() scope: Scope,
    @Input() { params }: InputOf<typeof getTarget>,
  ): Promise<AnswerOf<typeof getTarget>> {
    const target = targetOf(params.tenant, params.group);
    const [row, facts] = [await overviewOfTarget(this.database, target), await readTarget(this.database, target)];
    if (!row || !facts || !scope.holds({ tenant: params.tenant, collection: facts.collection }))
      throw notFound(`A mapping of ${target}`);
    const stage = (at: Date | null) => ({
      at: isoOrNull(at),
      ageSeconds: at && Math.max(0, (facts.now.getTime() - at.getTime()) / 1_000),
    });
    return {
      row: toCollectionRow(row),
      mappingState: facts.state,
      pausedBy: facts.pausedBy,
      freshness: {
        sourceChecked: stage(row.checkedAt),
        captured: stage(row.capturedAt),
        resolved: stage(facts.resolvedAt),
        merged: stage(row.mergedAt),
        applied: stage(row.appliedAt),
      },
      capturedVersion: facts.capturedVersion,
      mergedVersion: facts.mergedVersion,
      run: facts.run && facts.runKind ? { id: facts.run, kind: facts.runKind } : null,
      groupProblem: problemOf(row.problem),
      captureProblem: problemOf(facts.captureFailure),
      drift: facts.drift,
      members: await this.memberCounts(target, facts.policy),
      rebuilding: facts.gap || facts.unknown,
    };
  }

  private async memberCounts(target: string, policy: Policy): Promise<AnswerOf<typeof getTarget>['members']> {
    const counts = await countMembersOf(this.database, target);
    return counts.map(({ members, ...member }) => ({
      state: memberStateName(member, policy),
      reason: member.code || null,
      members,
    }));
  }

  @Serve(getSummary)
  async summary(@ReadScope() scope: Scope): Promise<AnswerOf<typeof getSummary>> {
    const words = await countByWord(this.database, scope.toParameter());
    const totals = await readTotals(this.database, scope.toParameter());
    const sum = (field: Exclude<keyof WordCount, 'word'>): number =>
      words.reduce((total, row) => total + row[field], 0);
    return {
      collections: totals.collections,
      targets: sum('targets'),
      byStatus: {
        Success: 0,
        'Partial Success': 0,
        Failed: 0,
        'In Progress': 0,
        Held: 0,
        Paused: 0,
        Stale: 0,
        ...Object.fromEntries(words.map(({ word, targets }) => [word, targets])),
      },
      syncCompleted: sum('completed'),
      syncInProgress: sum('inProgress'),
      syncWaiting: sum('waiting'),
      syncFailed: sum('failed'),
      syncHeld: sum('held'),
      openPlans: totals.openPlans,
      deadLetters: totals.deadLetters,
      demo: this.installation.demo,
    };
  }
}
