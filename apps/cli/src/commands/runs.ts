import { Option, type Command } from 'commander';
import { everyItem, unwrap } from '../api.js';
import { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { findTarget } from '../find.js';
import { count, time } from '../options.js';
import { comparedWords, showDifferences } from './compare.js';

interface RunsOptions {
  limit: number;
  state?: 'running' | 'completed' | 'failed' | 'cancelled';
  kind?: 'full' | 'incremental' | 'compare';
  from?: string;
  to?: string;
}

export const addRuns = (program: Command): void => {
  program
    .command('runs')
    .alias('history')
    .description('runs, newest first')
    .argument('[target]', 'as for members')
    .addOption(new Option('--state <state>').choices(['running', 'completed', 'failed', 'cancelled']))
    .addOption(new Option('--kind <kind>').choices(['full', 'incremental', 'compare']))
    .option('--from <time>', 'begun not before: a date, or an ISO time', time)
    .option('--to <time>', 'begun before', time)
    .option('--limit <n>', 'runs at most', count, 20)
    .action(async (given: string | undefined, { limit, ...filter }: RunsOptions, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const target = given === undefined ? undefined : await findTarget(api, given);
      const query = { ...filter, ...(target ? { tenantId: target.tenant, groupId: target.group } : {}) };
      const page = (cursor?: string) =>
        unwrap(api.GET('/api/v1/runs', { params: { query: { ...query, limit: Math.min(500, limit), cursor } } }));
      context.output.rows(
        await everyItem(page, limit),
        [
          { title: 'Run', of: (run) => run.id },
          { title: 'Started', of: (run) => run.startedAt },
          { title: 'Collection', of: (run) => run.collectionId },
          { title: 'Kind', of: (run) => run.kind },
          { title: 'State', of: (run) => run.state },
          { title: 'Seconds', of: (run) => run.durationSeconds?.toFixed(1), right: true },
          { title: 'Added', of: (run) => run.counts?.outcomes.applied, right: true },
          { title: 'Removed', of: (run) => run.counts?.outcomes.removed, right: true },
          { title: 'Failed', of: (run) => run.counts?.outcomes.failed, right: true },
          { title: 'Why', of: (run) => run.failure?.message ?? run.why ?? comparedWords(run) ?? run.trigger },
        ],
        'There was no run.',
      );
    });
  program
    .command('run')
    .description('one run: what it planned and did, and its steps')
    .argument('<run>', 'id; collsync runs shows them')
    .action(async (id: string, _: object, command: Command) => {
      const context = Context.of(command);
      const { output } = context;
      const api = await context.api();
      const found = await unwrap(api.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
      if (output.format !== 'table') return output.data(found);
      const { run, timeline } = found;
      output.one(run, [
        ['Run', run.id],
        ['Target', run.target],
        ['Collection', run.collectionId],
        ['Kind', run.kind],
        ['Caused by', run.trigger],
        ['State', run.state],
        ['Started', run.startedAt],
        ['Ended', run.endedAt],
        ['Planned', `${run.adds ?? 0} to add, ${run.removes ?? 0} to remove`],
        ...Object.entries(run.counts?.outcomes ?? {}).flatMap(([outcome, n]) => (n ? [[outcome, n] as const] : [])),
        [
          'Requests',
          run.counts && `${run.counts.requests}, ${run.counts.writes} write units, ${run.counts.throttled} throttled`,
        ],
        [
          'Guard',
          run.guard &&
            `${run.guard.counted} removals of ${run.guard.size} members, ${run.guard.limit ?? 'no limit'} passed`,
        ],
        ['Compared', comparedWords(run)],
        ['Read', run.proof && `${run.proof.verdict}, ${run.proof.rows} rows`],
        ['Problem', run.failure ? `${run.failure.message} ${run.failure.advice}` : run.why],
      ]);
      output.text('');
      if (run.comparison?.differences?.length) {
        showDifferences(output, run.comparison.differences);
        output.text('');
      }
      output.rows(timeline, [
        { title: 'Time', of: (step) => step.at },
        { title: 'Service', of: (step) => step.producer },
        { title: 'Step', of: (step) => step.event },
        { title: 'Detail', of: (step) => JSON.stringify(step.detail) },
      ]);
      if (run.state === 'failed') process.exitCode = EXIT.differs;
    });
};
