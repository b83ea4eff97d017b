import type { Command } from 'commander';
import { unwrap } from '../api.js';
import { Context } from '../context.js';

export const addTenants = (program: Command): void => {
  program
    .command('tenants')
    .description('tenants, their switch and the state of their directory')
    .action(async (_: object, command: Command) => {
      const context = Context.of(command);
      const { items } = await unwrap((await context.api()).GET('/api/v1/tenants'));
      context.output.rows(
        items,
        [
          { title: 'Tenant', of: (tenant) => tenant.tenantId },
          { title: 'Switch', of: (tenant) => (tenant.enabled ? 'on' : 'off') },
          { title: 'Mappings', of: (tenant) => tenant.mappings, right: true },
          { title: 'Directory', of: (tenant) => tenant.directory?.state },
          { title: 'Write budget', of: (tenant) => tenant.budget?.state },
          { title: 'Changed', of: (tenant) => tenant.changedAt },
          { title: 'By', of: (tenant) => tenant.changedBy },
          { title: 'Note', of: (tenant) => (tenant.configured ? tenant.directory?.reason : 'no credential') },
        ],
        'No tenant is configured. Set TENANTS_FILE, or AZURE_TENANT_ID and a credential.',
      );
    });
  const tenant = program.command('tenant').description('the switch of a whole tenant');
  for (const [name, enabled, description] of [
    ['disable', false, 'pause every active mapping of a tenant'],
    ['enable', true, 'resume the mappings that only the switch had paused, each with a full run'],
  ] as const) {
    tenant
      .command(name)
      .description(description)
      .argument('<tenant>', 'id')
      .option('--what-if', 'say which mappings it concerns, and do nothing')
      .action(async (id: string, { whatIf }: { whatIf?: boolean }, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const params = { path: { tenant: id }, query: whatIf ? { dryRun: 'true' as const } : {} };
        const done = await unwrap(api.PUT('/api/v1/tenants/{tenant}/switch', { params, body: { enabled } }));
        context.output.rows(
          done.targets.map((target) => ({ target })),
          [{ title: `${whatIf ? 'Would ' : ''}${enabled ? 'resume' : 'pause'}`, of: ({ target }) => target }],
          'It concerns no mapping.',
        );
      });
  }
};
