import { targetOf } from '@collection-sync/core';
import type { Actor } from '../auth/actor.js';
import type { AnswerOf } from '../http/contract.js';
import { toProblem } from '../http/problem-filter.js';
import { toAnswer } from './mapping-answer.js';
import type { Condition, Mappings } from './mappings.js';
import type { createMappings, MappingCreate } from './mappings.contract.js';

type Result = AnswerOf<typeof createMappings>['results'][number];

/** Creates mappings one by one, so that one that is refused holds up no other. */
export const createEach = async (
  mappings: Mappings,
  actor: Actor,
  given: readonly MappingCreate[],
  condition: Condition,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (const one of given) results.push(await createOne(mappings, actor, one, condition));
  return results;
};

export const createOne = async (
  mappings: Mappings,
  actor: Actor,
  given: MappingCreate,
  condition: Condition,
): Promise<Result> => {
  const target = targetOf(given.tenantId, given.groupId);
  try {
    return { target, status: 201, mapping: toAnswer(await mappings.create(actor, given, condition)) };
  } catch (error) {
    const { status, title, detail, advice } = toProblem(error).document();
    return { target, status, problem: { title, detail, advice } };
  }
};
