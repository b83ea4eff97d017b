import { writer } from './places.mjs';

const GUARD = [writer('store/entry-states.it.ts'), writer('guard/guard.it.ts')];
const RULE = ['libs/core/src/guard.spec.ts'];
const PREVIEW = [writer('preview/preview.it.ts')];

/** Who is counted, held and kept. */
export const guard = [
  {
    name: 'guard: departures are not counted',
    file: 'libs/core/src/guard.ts',
    from: 'input.removals + input.pending + input.left',
    to: 'input.removals + input.pending',
    tests: RULE,
  },
  {
    name: 'guard: who is perhaps there does not count for emptying',
    file: 'libs/core/src/guard.ts',
    from: 'size + input.perhaps >=',
    to: 'size >=',
    tests: RULE,
  },
  {
    name: 'guard: a group of two may be emptied',
    file: 'libs/core/src/policy.ts',
    from: 'positive().default(2)',
    to: 'positive().default(3)',
    tests: RULE,
  },
  {
    name: 'guard: window of 12 hours',
    file: writer('store/entry-states.ts'),
    from: "interval '24 h'",
    to: "interval '12 h'",
    tests: GUARD,
  },
  {
    name: 'guard: approved removals are counted',
    file: writer('store/entry-states.ts'),
    from: '`not ${e}.approved and (',
    to: '`(',
    tests: GUARD,
  },
  {
    name: 'guard: departures with an approval are counted',
    file: writer('store/plans.ts'),
    from: 'count(*) filter (where not d.approved) as unapproved',
    to: 'count(*) as unapproved',
    tests: GUARD,
  },
  {
    name: 'guard: a removal without an answer that is wanted again is not counted',
    file: writer('store/entry-states.ts'),
    from: '(${removalUnderWay(e)} or (not ${e}.wanted and',
    to: '((not ${e}.wanted and',
    tests: GUARD,
  },
  {
    name: 'guard: a call does not mark its removals',
    file: writer('store/calls.ts'),
    from: 'if (removed.length > 0) {',
    to: 'if (removed.length > 1e9) {',
    tests: GUARD,
  },
  {
    name: 'guard: an add without an answer stays',
    file: writer('store/entry-states.ts'),
    from: '`${confirmed(e)} and not ${e}.delete_unanswered and (',
    to: '`${perhapsThere(e)} and (',
    tests: GUARD,
  },
  {
    name: 'guard: an add without an answer is in the size',
    file: writer('store/entry-states.ts'),
    from: "export const member = (e = 'entry'): string => `${e}.applied`;",
    to: "export const member = (e = 'entry'): string => perhapsThere(e);",
    tests: GUARD,
  },
  {
    name: 'guard: who has left and is unconfirmed again counts twice',
    file: writer('store/plans.ts'),
    from: ' and (e.applied or d.object is null)) as removals',
    to: ') as removals',
    tests: GUARD,
  },
  {
    name: 'ledger: a removal answered 404 is no departure',
    file: writer('store/answers.ts'),
    from: "(a.verdict = 'done' or (a.verdict = 'benign' and (b.applied or",
    to: "(a.verdict = 'done' or (a.verdict = 'benign' and false and (b.applied or",
    tests: GUARD,
  },
  {
    name: 'ledger: what is forgotten leaves no departure behind',
    file: writer('store/entries.ts'),
    from: "from forgotten f where ${removalUnderWay('f')}",
    to: 'from forgotten f where false',
    tests: GUARD,
  },
  {
    name: 'plan: an approval releases what is wanted again',
    file: writer('store/plans.ts'),
    from: 'where target = $1 and plan = $2 and not wanted and ($3',
    to: 'where target = $1 and plan = $2 and ($3',
    tests: GUARD,
    why: 'what is wanted again has left its plan in the transaction that wants it; the condition says so once more',
  },
  {
    name: 'preview: a removal that is pending counts twice',
    file: writer('store/previews.ts'),
    from: '(select count(*) from listed where not wanted and removing is not true) as removals',
    to: '(select count(*) from listed where not wanted) as removals',
    tests: PREVIEW,
  },
  {
    name: 'preview: who is wanted again counts as pending',
    file: writer('store/previews.ts'),
    from: "and (not u.wanted_again or ${removalUnderWay('u')})) as pending",
    to: ') as pending',
    tests: PREVIEW,
  },
  {
    name: 'preview: a removal under way that is wanted again does not count',
    file: writer('store/previews.ts'),
    from: "and (not u.wanted_again or ${removalUnderWay('u')})) as pending",
    to: 'and not u.wanted_again) as pending',
    tests: PREVIEW,
  },
];
