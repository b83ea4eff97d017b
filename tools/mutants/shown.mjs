import { status } from './places.mjs';

const PROJECTIONS = [status('project/projections.it.ts')];
const LATE = [status('project/late-records.it.ts')];

/** What status makes of the streams. */
export const shown = [
  {
    name: 'projection: results of an older activation are shown',
    file: status('project/project-results.ts'),
    from: 'return activated === row.resultActivated;',
    to: 'return true;',
    tests: LATE,
  },
  {
    name: 'projection: a late older result is shown',
    file: status('project/project-results.ts'),
    from: '} else if (event.sequence > after.resultNumber) {',
    to: '} else {',
    tests: LATE,
  },
  {
    name: 'projection: a gap is not noticed',
    file: status('project/project-results.ts'),
    from: 'if (event.previous > row.resultNumber) {',
    to: 'if (event.previous > Number.MAX_SAFE_INTEGER) {',
    tests: PROJECTIONS,
  },
  {
    name: 'projection: a snapshot that lacks a part closes',
    file: status('project/project-results.ts'),
    from: 'row.snapshotId !== id || row.snapshotNext !== part',
    to: 'row.snapshotId !== id',
    tests: LATE,
  },
  {
    name: 'projection: who changes between the parts of a snapshot is taken for gone',
    file: status('project/project-results.ts'),
    from: 'else if (row.snapshotNext !== null) await nameInSnapshot(tx, row, event);',
    to: 'else void nameInSnapshot;',
    tests: PROJECTIONS,
  },
  {
    name: 'projection: an event of a run that is known counts again',
    file: status('project/project-runs.ts'),
    from: 'if (event.sequence <= row[field]) return false;',
    to: '',
    tests: LATE,
  },
  {
    name: 'projection: a run that has ended runs again',
    file: status('store/runs.ts'),
    from: "case when r.state = 'running' then excluded.state else r.state end",
    to: 'excluded.state',
    tests: LATE,
  },
  {
    name: 'projection: a run whose end was lost runs forever',
    file: status('project/project-runs.ts'),
    from: "for (const event of fresh) if (event.event === 'started') await endOlderRuns(tx, event);",
    to: 'void endOlderRuns;',
    tests: LATE,
  },
  {
    name: 'projection: a mapping that was made again is deleted by the end of the one before',
    file: status('project/project-runs.ts'),
    from: "mapping?.state !== 'deleting' || mapping.activated !== released.activated",
    to: 'mapping?.state === undefined',
    tests: LATE,
  },
];
