import type { TargetFacts } from '../store/target-facts.js';
import { collectionProblem } from '../store/collection-problem.js';
import type { CollectionFacts } from '../store/collections.js';
import { isoOrNull } from '../http/fields.js';
import { toMemberAnswer } from '../show/member-answer.js';
import type { MemberRow } from '../store/members.js';
import type { MemberEvent } from '../show/movements.contract.js';
import type { MemberAnswer } from '../show/members.contract.js';
import type { Asked } from './ask-graph.js';
import type { Step, STEPS } from './why.contract.js';

export interface Trace {
  inGroup: boolean | null;
  conclusion: string;
  /** null when it was not asked */
  graph: Asked | null;
  member: MemberAnswer | null;
  elsewhere: Elsewhere[];
  timeline: MemberEvent[];
  steps: Step[];
}

interface Elsewhere {
  readonly collectionId: string;
  readonly collectionName: string;
  readonly groupName: string;
}

/** What is known of a name beside the members of the group. */
export interface Background {
  readonly elsewhere: Elsewhere[];
  readonly timeline: MemberEvent[];
}

type Name = (typeof STEPS)[number];
const say = (step: Name, state: Step['state'], detail: string, at: Date | string | null = null): Step => ({
  step,
  state,
  detail,
  at: at instanceof Date ? isoOrNull(at) : at,
});

/** The way of one resource to the group, as far as it is known here. The first step that is not `yes` is the reason. */
export const traceOf = (
  target: TargetFacts,
  collection: CollectionFacts | undefined,
  row: MemberRow | undefined,
  graph: Asked | null,
  background: Background,
): Trace => {
  const member = row ? toMemberAnswer(row, target.policy) : null;
  const steps = [
    mapped(target),
    known(target, collection),
    complete(collection),
    inCollection(target, collection, member, background),
    resolved(member),
    merged(target, collection),
    applied(target, member),
  ];
  return { ...compare(conclude(steps, member), graph), graph, member, ...background, steps };
};

const mapped = ({ state, collection }: TargetFacts): Step => {
  if (state === 'active') return say('mapped', 'yes', `Collection ${collection} is synchronised to the group.`);
  const detail = {
    paused: 'The mapping is paused: nothing is sent. Resume it, or switch its tenant on.',
    deleting: 'The mapping is being deleted.',
    deleted: 'The mapping was deleted.',
  }[state];
  return say('mapped', 'no', detail);
};

const known = ({ collection: id }: TargetFacts, collection: CollectionFacts | undefined): Step => {
  if (!collection)
    return say(
      'collection known',
      'no',
      `The site has not shown collection ${id}. Check the id and the rights of the account.`,
    );
  const problem = collectionProblem(collection);
  if (!problem)
    return say('collection known', 'yes', `${collection.name} is listed by the site.`, collection.checkedAt);
  return say('collection known', 'no', [problem.message, problem.advice].join(' '), collection.checkedAt);
};

const complete = (collection: CollectionFacts | undefined): Step => {
  if (!collection?.completeAt)
    return say('read complete', 'waiting', 'No read of the collection was complete yet; nothing is sent before.');
  const detail = `A complete read showed ${collection.rows ?? 0} members.`;
  if (collection.state !== 'incomplete') return say('read complete', 'yes', detail, collection.completeAt);
  return say(
    'read complete',
    'waiting',
    `${detail} The last read was not complete: ${collection.why ?? 'the site did not agree with itself'}.`,
    collection.completeAt,
  );
};

const inCollection = (
  target: TargetFacts,
  collection: CollectionFacts | undefined,
  member: MemberAnswer | null,
  background: Background,
): Step => {
  if (member?.wanted) return say('in the collection', 'yes', 'The collection names it.');
  if (member) {
    const why =
      member.resourceId === null
        ? 'The collection never named it: somebody else put it into the group.'
        : 'The collection does not name it any more.';
    return say('in the collection', 'no', why);
  }
  if (target.unknown || target.gap)
    return say('in the collection', 'unknown', 'What is known here is being rebuilt; ask again in a minute.');
  const behind = (collection?.version ?? 0) > target.mergedVersion;
  if (behind)
    return say('in the collection', 'waiting', 'Not in the content merged last; newer content is on its way.');
  return notNamed(background);
};

const CHECK = 'Check the rules of the collection and when the site evaluated it last.';

/** Who was a member until lately, who is known in other collections alone, and whom nobody knows, are told apart. */
const notNamed = ({ elsewhere, timeline }: Background): Step => {
  const [last] = timeline;
  if (last?.change === 'leftCollection')
    return say(
      'in the collection',
      'no',
      `The collection named it until then, and does not any more. ${CHECK}`,
      last.time,
    );
  if (last?.change === 'left')
    return say(
      'in the collection',
      'no',
      `It was a member, and left the group then. The collection does not name it any more. ${CHECK}`,
      last.time,
    );
  if (elsewhere.length > 0) {
    const names = elsewhere.map(({ collectionName, collectionId }) => `${collectionName} (${collectionId})`);
    return say(
      'in the collection',
      'no',
      `The site knows it: it is in ${names.join(', ')}, but not in this collection. ${CHECK}`,
    );
  }
  return say(
    'in the collection',
    'no',
    'No synchronised collection names anybody like this. Check the spelling; a look-up tells whether the site and Microsoft Entra know it.',
  );
};

const resolved = (member: MemberAnswer | null): Step => {
  if (!member) return say('identity resolved', 'unknown', 'Only members are looked up.');
  if (member.objectId !== null) return say('identity resolved', 'yes', `Its directory object is ${member.objectId}.`);
  return say(
    'identity resolved',
    member.waiting ? 'waiting' : 'no',
    `${member.reason ?? 'No directory object'}: ${member.advice ?? 'none is known yet'}`,
  );
};

const merged = (
  { mergedVersion, mergedActivated, activated, mergedAt }: TargetFacts,
  collection: CollectionFacts | undefined,
): Step => {
  if (mergedActivated < activated) {
    return say(
      'merged',
      'waiting',
      'The first content since the mapping was created, resumed or changed has not arrived.',
      mergedAt,
    );
  }
  if ((collection?.version ?? 0) > mergedVersion)
    return say('merged', 'waiting', 'Newer content is on its way.', mergedAt);
  return say('merged', 'yes', 'The content captured last has been merged.', mergedAt);
};

const applied = ({ runFailure }: TargetFacts, member: MemberAnswer | null): Step => {
  if (!member) return say('applied', 'unknown', 'Nothing is wanted of the group for it.');
  const { time, reason, advice, message, attempts, wanted, graphRequestId, clientRequestId } = member;
  if (runFailure && member.state !== 'Success')
    return say(
      'applied',
      'no',
      `The last run was stopped as a whole: ${runFailure.message} ${runFailure.advice ?? ''}`,
      time,
    );
  const ids = [
    graphRequestId && `request-id ${graphRequestId}`,
    clientRequestId && `client-request-id ${clientRequestId}`,
  ];
  const known = ids.filter(Boolean).join(', ');
  const request = known && ` For the support of Microsoft Graph: ${known}.`;
  switch (member.state) {
    case 'Success':
      return say('applied', 'yes', 'It is in the group.', time);
    case 'In Progress':
      return say('applied', 'waiting', `It is about to be ${wanted ? 'added' : 'removed'}.`, time);
    case 'Held':
      return say(
        'applied',
        'no',
        `Its removal is held by the guard in plan ${member.planId ?? ''}. Approve or reject the plan.`,
        time,
      );
    case 'Kept':
      return say(
        'applied',
        'no',
        'An operator keeps it in the group as unmanaged; full synchronisations leave it.',
        time,
      );
    case 'Removing':
    case 'Waiting':
    case 'Excluded':
    case 'Failed':
      return say(
        'applied',
        'no',
        `${reason ?? 'Failed'} after ${attempts} attempts. ${message ?? ''} ${advice ?? ''}${request}`.replaceAll(
          / +/g,
          ' ',
        ),
        time,
      );
  }
};

const conclude = (steps: readonly Step[], member: MemberAnswer | null): Conclusion => {
  if (member?.state === 'Success' && member.wanted)
    return { inGroup: true, conclusion: 'It is in the group, as the collection wants.' };
  if (member && !member.wanted) {
    return {
      inGroup: true,
      conclusion: `It is still in the group, although not wanted: ${steps.at(-1)?.detail ?? ''}`,
    };
  }
  const first = steps.find(({ state }) => state !== 'yes');
  return {
    inGroup: member ? false : null,
    conclusion: `It is not in the group by this mapping: ${first?.detail ?? 'the reason is not known.'}`,
  };
};

type Conclusion = Pick<Trace, 'inGroup' | 'conclusion'>;

/** What Graph lists counts: somebody else may have changed the group, which only a full synchronisation looks at. */
const compare = (known: Conclusion, graph: Asked | null): Conclusion => {
  if (graph === null || graph.inGroup === null || graph.inGroup === known.inGroup) return known;
  const { inGroup, detail } = graph;
  if (known.inGroup === null) return { inGroup, conclusion: `${detail} ${known.conclusion}` };
  return {
    inGroup,
    conclusion: `${detail} What was written last says otherwise: the group was changed in Entra ID, or the listing lags. A full synchronisation makes it equal to the collection.`,
  };
};
