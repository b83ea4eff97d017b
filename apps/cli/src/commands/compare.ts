import type { Command } from 'commander';
import { unwrap, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { findTarget } from '../find.js';
import { count } from '../options.js';
import type { Output } from '../output/output.js';
import { answered } from '../converged.js';

type Comparison = NonNullable<Schemas['Run']['comparison']>;

/** Of a comparison, in a line; undefined for a run of another kind. */
export const comparedWords = ({ comparison }: Pick<Schemas['Run'], 'comparison'>): string | undefined => {
  if (comparison?.missing === undefined) return undefined;
  const { listed, missing, unmanaged, unseen } = comparison;
  const found = unmanaged.map(({ objectType, members }) => `${members} ${objectType}`).join(', ');
  return [
    `${listed} listed`,
    `${missing} missing`,
    `unmanaged: ${found || 'none'}`,
    ...(unseen ? [`${unseen} counted and not listed`] : []),
  ].join('; ');
};

export const showDifferences = (output: Output, differences: NonNullable<Comparison['differences']>): void =>
  output.rows(
    differences,
    [
      { title: 'Difference', of: ({ difference }) => difference },
      { title: 'Name', of: ({ name }) => name },
      { title: 'Type', of: ({ objectType }) => objectType },
      { title: 'Object', of: ({ object }) => object },
    ],
    'The group is as the last synchronisation left it.',
  );

/** Compares a group with what was synchronised, and shows the difference. */
export const addCompare = (program: Command): void => {
  program
    .command('compare')
    .description('compare a group with what was synchronised to it, changing nothing; exit code 10 for differences')
    .argument('<target>', 'as for sync')
    .option('--timeout <seconds>', 'exit code 7 when it is over', count, 600)
    .action(async (given: string, { timeout }: { timeout: number }, command: Command) => {
      const context = Context.of(command);
      const { output } = context;
      const api = await context.api();
      const path = await findTarget(api, given);
      const sent = await unwrap(api.POST('/api/v1/targets/{tenant}/{group}/compare', { params: { path } }));
      const { message } = await answered(api, sent.id, timeout);
      const { run } = await unwrap(api.GET('/api/v1/runs/{id}', { params: { path: { id: sent.id } } }));
      const { comparison } = run;
      const differences = comparison?.differences ?? [];
      const saysItself = output.format === 'table' && differences.length === 0;
      if (message && !saysItself) output.progress(message);
      if (output.format !== 'table') output.data(run);
      else showDifferences(output, differences);
      if (comparison?.missing || comparison?.unmanaged.length || comparison?.unseen) process.exitCode = EXIT.differs;
    });
};
