import { STATE_MACHINES } from '@collection-sync/core';

export const TABLES_OF_STATES = {
  target: {
    machine: STATE_MACHINES.target,
    state: `case when r.state = 'deleting' and r.released then 'released' when r.teardown is not null then 'tear-down'
      when r.state = 'deleting' and r.paused_by is not null then 'stopped' else r.state end`,
  },
  run: { machine: STATE_MACHINES.run, state: `coalesce(r.ending, r.phase)` },
  plan: { machine: STATE_MACHINES.plan },
  group_copy: { machine: STATE_MACHINES.group_copy },
  command: {
    machine: STATE_MACHINES.command,
    state: `case when r.acted_at is not null then 'answered' when r.progress is not null then 'under way' else 'stored' end`,
  },
} as const;
