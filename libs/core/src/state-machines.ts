/** A change of state: `from` is empty for what is new. An operator can bring about those with `by: 'operator'`. */
export interface StateChange {
  readonly from: readonly string[];
  readonly to: string;
  readonly by: 'operator' | 'service';
  readonly how: string;
  /** who writes it */
  readonly in: string;
}

/** The states of a row, which of them nothing has to lead out of, and every change that there is. */
export interface StateMachine {
  readonly states: readonly string[];
  readonly final: readonly string[];
  readonly changes: readonly StateChange[];
}

const ADOPT = 'writer/adopt/adopt-mapping.ts';
const MAPPINGS = 'status/map/mappings.ts';

const MAPPING: StateMachine = {
  states: ['active', 'paused', 'deleting', 'deleted'],
  final: [],
  changes: [
    { from: ['', 'deleting', 'deleted'], to: 'active', by: 'operator', how: 'create', in: MAPPINGS },
    { from: ['', 'deleting', 'deleted'], to: 'paused', by: 'operator', how: 'create paused', in: MAPPINGS },
    { from: ['active'], to: 'paused', by: 'operator', how: 'pause, switch of the tenant', in: MAPPINGS },
    { from: ['paused'], to: 'active', by: 'operator', how: 'resume, switch of the tenant', in: MAPPINGS },
    { from: ['active', 'paused', 'deleting'], to: 'deleting', by: 'operator', how: 'delete', in: MAPPINGS },
    { from: ['deleting'], to: 'deleted', by: 'service', how: 'released', in: 'status/project/project-runs.ts' },
  ],
};

/** Of the writer. `tear-down`: a worker has still to do with the ledger; `stopped`: a deletion whose tenant is switched off. */
const TARGET: StateMachine = {
  states: ['unmapped', 'active', 'paused', 'tear-down', 'deleting', 'stopped', 'released', 'deleted'],
  final: [],
  changes: [
    { from: [''], to: 'unmapped', by: 'service', how: 'first named', in: 'writer/store/targets.ts' },
    {
      from: ['unmapped', 'paused', 'tear-down', 'deleting', 'stopped', 'released', 'deleted'],
      to: 'active',
      by: 'operator',
      how: 'create, resume',
      in: ADOPT,
    },
    { from: ['unmapped', 'active'], to: 'paused', by: 'operator', how: 'pause', in: ADOPT },
    {
      from: ['unmapped', 'active', 'paused', 'deleting', 'stopped', 'released'],
      to: 'tear-down',
      by: 'operator',
      how: 'delete, or leave the members after all',
      in: ADOPT,
    },
    { from: ['deleting', 'released'], to: 'stopped', by: 'operator', how: 'switch off', in: ADOPT },
    { from: ['stopped', 'released'], to: 'deleting', by: 'operator', how: 'switch on, delete again', in: ADOPT },
    {
      from: ['tear-down'],
      to: 'deleting',
      by: 'service',
      how: 'un-wanted',
      in: 'writer/adopt/tear-down.ts',
    },
    { from: ['tear-down'], to: 'released', by: 'service', how: 'forgotten', in: 'writer/adopt/tear-down.ts' },
    { from: ['tear-down'], to: 'deleted', by: 'service', how: 'forgotten', in: 'writer/adopt/tear-down.ts' },
    { from: ['deleting'], to: 'released', by: 'service', how: 'drained', in: 'writer/release.ts' },
  ],
};

const RUN: StateMachine = {
  states: ['claimed', 'reading', 'applying', 'completed', 'failed', 'cancelled'],
  final: ['completed', 'failed', 'cancelled'],
  changes: [
    { from: [''], to: 'claimed', by: 'service', how: 'claimed', in: 'writer/run/claim-run.ts' },
    { from: ['claimed'], to: 'reading', by: 'service', how: 'full', in: 'writer/run/full-listing.ts' },
    { from: ['claimed', 'reading'], to: 'applying', by: 'service', how: 'planned', in: 'writer/run/plan-pending.ts' },
    { from: ['applying'], to: 'completed', by: 'service', how: 'nothing pending', in: 'writer/run/end-run.ts' },
    {
      from: ['claimed', 'reading', 'applying'],
      to: 'failed',
      by: 'service',
      how: 'an error, or its writer is lost',
      in: 'writer/run/end-by-error.ts',
    },
    {
      from: ['claimed', 'reading', 'applying'],
      to: 'cancelled',
      by: 'operator',
      how: 'cancel, pause, delete, switch off',
      in: 'writer/run/stop-run.ts',
    },
  ],
};

const PLAN: StateMachine = {
  states: ['open', 'approved', 'rejected', 'expired', 'kept', 'emptied'],
  final: ['approved', 'emptied'],
  changes: [
    { from: [''], to: 'open', by: 'service', how: 'held', in: 'writer/guard/guard-removals.ts' },
    {
      from: ['open', 'rejected', 'expired', 'kept'],
      to: 'approved',
      by: 'operator',
      how: 'approve, after all too',
      in: 'writer/guard/plans.ts',
    },
    { from: ['open'], to: 'rejected', by: 'operator', how: 'reject', in: 'writer/guard/plans.ts' },
    {
      from: ['open', 'rejected', 'expired'],
      to: 'kept',
      by: 'operator',
      how: 'keep for good',
      in: 'writer/guard/plans.ts',
    },
    { from: ['open'], to: 'expired', by: 'service', how: 'its time', in: 'writer/guard/plans.ts' },
    {
      from: ['open'],
      to: 'emptied',
      by: 'service',
      how: 'nobody of it is left',
      in: 'writer/guard/plans.ts',
    },
  ],
};

/** Of the writer. All expire. */
const COMMAND: StateMachine = {
  states: ['stored', 'under way', 'answered'],
  final: ['answered'],
  changes: [
    { from: [''], to: 'stored', by: 'operator', how: 'any command', in: 'writer/handlers.ts' },
    {
      from: ['stored', 'under way'],
      to: 'under way',
      by: 'service',
      how: 'a step of a report',
      in: 'writer/act/act-on-next.ts',
    },
    {
      from: ['stored', 'under way'],
      to: 'under way',
      by: 'service',
      how: 'a comparison is claimed',
      in: 'writer/compare/compare-next.ts',
    },
    {
      from: ['stored', 'under way'],
      to: 'answered',
      by: 'service',
      how: 'done, refused or expired',
      in: 'writer/act/act-on-next.ts',
    },
  ],
};

const COPIES = 'writer/store/copies.ts';

/** Of a copy of a group's members, which a delta of Graph keeps. */
const GROUP_COPY: StateMachine = {
  states: ['reading', 'ready', 'lost'],
  final: [],
  changes: [
    { from: ['', 'ready', 'lost'], to: 'reading', by: 'service', how: 'a feed', in: 'writer/store/copy-plans.ts' },
    { from: ['reading'], to: 'ready', by: 'service', how: 'the pass named it', in: COPIES },
    { from: ['reading', 'ready'], to: 'lost', by: 'service', how: 'gone, unreadable, or not as listed', in: COPIES },
  ],
};

const CAPTURE_COMMANDS = 'capture/store/commands.ts';

/** Of capture. One that is answered or has expired is dropped. `sent`: a preview that the writer has not answered yet. */
const CAPTURE_COMMAND: StateMachine = {
  states: ['new', 'waiting', 'sent'],
  final: [],
  changes: [
    { from: [''], to: 'new', by: 'operator', how: 'any command', in: CAPTURE_COMMANDS },
    { from: ['new'], to: 'waiting', by: 'service', how: 'a read is requested', in: CAPTURE_COMMANDS },
    { from: ['waiting'], to: 'sent', by: 'service', how: 'the content is out', in: CAPTURE_COMMANDS },
    { from: ['sent'], to: 'waiting', by: 'service', how: 'a mirror is ready', in: CAPTURE_COMMANDS },
  ],
};

const COLLECTIONS = 'capture/store/collections.ts';
const READS = 'capture/store/reads.ts';

/** Of a collection in capture. */
const COLLECTION: StateMachine = {
  states: ['ok', 'incomplete', 'missing'],
  final: [],
  changes: [
    { from: ['', 'missing'], to: 'ok', by: 'service', how: 'listed', in: COLLECTIONS },
    { from: ['missing'], to: 'incomplete', by: 'service', how: 'listed', in: COLLECTIONS },
    { from: ['incomplete'], to: 'ok', by: 'service', how: 'a complete read', in: READS },
    { from: ['ok'], to: 'incomplete', by: 'service', how: 'another read', in: READS },
    { from: ['ok', 'incomplete'], to: 'missing', by: 'service', how: 'not listed, twice', in: COLLECTIONS },
  ],
};

const SHOWN_RUNS = 'status/store/runs.ts';

/** Of a run as status shows it. An end may be told before the start, or never. */
const SHOWN_RUN: StateMachine = {
  states: ['running', 'completed', 'failed', 'cancelled'],
  final: ['completed', 'failed', 'cancelled'],
  changes: [
    { from: [''], to: 'running', by: 'service', how: 'any event of it', in: SHOWN_RUNS },
    { from: ['', 'running'], to: 'completed', by: 'service', how: 'completed', in: SHOWN_RUNS },
    { from: ['', 'running'], to: 'failed', by: 'service', how: 'failed, or the next one started', in: SHOWN_RUNS },
    { from: ['', 'running'], to: 'cancelled', by: 'service', how: 'cancelled', in: SHOWN_RUNS },
  ],
};

/** Every state that is stored, and who may write which change. That of an entry is in the writer: store/entry-states.ts. */
export const STATE_MACHINES = {
  mapping: MAPPING,
  target: TARGET,
  run: RUN,
  plan: PLAN,
  command: COMMAND,
  group_copy: GROUP_COPY,
  capture_command: CAPTURE_COMMAND,
  collection: COLLECTION,
  shown_run: SHOWN_RUN,
} as const;

/** As a diagram of Mermaid. */
export const drawnStates = (): string => {
  const machines = Object.entries(STATE_MACHINES).map(([name, { states, changes, final }]) => {
    const id = (state: string): string => (state === '' ? '[*]' : `${name}_${state.replace(/\W/g, '_')}`);
    const lines = [
      ...states.map((state) => `state "${state}" as ${id(state)}`),
      ...changes.flatMap(({ from, to, how }) => from.map((one) => `${id(one)} --> ${id(to)}: ${how}`)),
      ...final.map((state) => `${id(state)} --> [*]`),
    ];
    return [`  state ${name} {`, ...lines.map((line) => `    ${line}`), '  }'].join('\n');
  });
  return ['stateDiagram-v2', '  direction LR', ...machines].join('\n');
};
