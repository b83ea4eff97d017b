import { groupComparison, guardVerdict, historyKind, readProof, runCounts } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { collectionIdField, guidField, moment } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Runs';

const runState = z.enum(['running', 'completed', 'failed', 'cancelled']);
const number = z.number().int().nonnegative();

export const runAnswer = z
  .object({
    id: z.uuid(),
    target: z.string(),
    collectionId: z.string(),
    kind: historyKind,
    trigger: z.string().nullable(),
    by: z.string().nullable().describe('who gave the command, or approved the plan, that it is of'),
    state: runState,
    startedAt: moment,
    endedAt: moment.nullable(),
    durationSeconds: z.number().nullable().describe('until now for a run under way'),
    adds: number.nullable(),
    removes: number.nullable(),
    counts: runCounts.nullable(),
    members: number.nullable().describe('members of the group at its end'),
    guard: guardVerdict.nullable().describe('how far the removals were from the limits'),
    comparison: groupComparison
      .nullable()
      .describe('of a full run or a comparison: what it found in the group, and what it could not see'),
    proof: readProof.nullable().describe('of the read that the run worked on'),
    readAt: moment.nullable(),
    failure: z.object({ code: z.string(), message: z.string(), advice: z.string() }).nullable(),
    why: z.string().nullable().describe('of a cancelled run'),
  })
  .meta({ id: 'Run' });

export const listRuns = contract({
  id: 'listRuns',
  method: 'GET',
  path: '/runs',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Runs, newest first',
  query: z.strictObject({
    ...pageQuery,
    tenantId: guidField.optional(),
    groupId: guidField.optional().describe('needs tenantId'),
    collectionId: collectionIdField.optional(),
    state: runState.optional(),
    kind: historyKind.optional(),
    from: z.iso.datetime().optional().describe('begun not before'),
    to: z.iso.datetime().optional().describe('begun before'),
  }),
  answer: pageOf(runAnswer),
});
export type RunFilter = z.output<NonNullable<(typeof listRuns)['query']>>;

export const getRun = contract({
  id: 'getRun',
  method: 'GET',
  path: '/runs/{id}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One run with its timeline',
  params: z.object({ id: z.uuid() }),
  answer: z
    .object({
      run: runAnswer,
      timeline: z.array(
        z
          .object({
            at: moment,
            event: z.string(),
            producer: z.string(),
            traceId: z.string().nullable().describe('of the trace that it belongs to, where the services are traced'),
            detail: z.record(z.string(), z.unknown()),
          })
          .meta({ id: 'RunStep' }),
      ),
    })
    .meta({ id: 'RunDetail' }),
  problems: [404],
});
