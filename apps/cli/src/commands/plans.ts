import { Option, type Command } from 'commander';
import { everyItem, unwrap } from '../api.js';
import { Context } from '../context.js';

export const addPlans = (program: Command): void => {
  program
    .command('plans')
    .description('removals that the guard stopped')
    .addOption(
      new Option('--state <state>')
        .choices(['open', 'approved', 'rejected', 'expired', 'emptied', 'kept'])
        .default('open'),
    )
    .option('--holding', 'those that still hold somebody: rejected and expired ones too, instead of a state')
    .action(async ({ state, holding }: { state: 'open'; holding?: boolean }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const filter = holding ? { holding: 'true' as const } : { state };
      const plans = await everyItem((cursor) =>
        unwrap(api.GET('/api/v1/plans', { params: { query: { ...filter, limit: 500, cursor } } })),
      );
      context.output.rows(
        plans,
        [
          { title: 'Plan', of: (plan) => plan.id },
          { title: 'Target', of: (plan) => plan.target },
          { title: 'Collection', of: (plan) => plan.collectionId },
          { title: 'State', of: (plan) => plan.state },
          { title: 'Removals', of: (plan) => plan.removals, right: true },
          { title: 'Limit', of: (plan) => plan.guard.limit },
          { title: 'Held now', of: (plan) => plan.held, right: true },
          { title: 'Since', of: (plan) => plan.heldAt },
          { title: 'Expires', of: (plan) => plan.expiresAt },
          { title: 'Decided', of: (plan) => plan.closedAt },
          { title: 'By', of: (plan) => plan.closedBy },
        ],
        'Nothing is held.',
      );
    });
};
