import type { Command } from 'commander';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { configFile, readConfig, writeConfig, type Config } from '../session/config.js';
import { settingsFolder } from '../session/environment.js';

/** Several installations, such as production and a test site: one sign-in each. */
export const addContexts = (program: Command): void => {
  const contexts = program.command('context').description('installations that you are signed in at');
  contexts
    .command('list')
    .description('all of them')
    .action(async (_: object, command: Command) => {
      const { output, environment } = Context.of(command);
      const { current, contexts: kept } = await readConfig(configFile(settingsFolder(environment)));
      const rows = Object.entries(kept).map(([name, { url, expiresAt }]) => ({
        name,
        url,
        current: name === current,
        expiresAt: expiresAt ?? null,
      }));
      output.rows(
        rows,
        [
          { title: 'Context', of: (row) => row.name },
          { title: 'Address', of: (row) => row.url },
          { title: 'Current', of: (row) => (row.current ? 'yes' : '') },
          { title: 'Expires', of: (row) => row.expiresAt },
        ],
        'You are signed in nowhere. collsync login --url ADDRESS --context NAME',
      );
    });
  contexts
    .command('use')
    .description('make one the current one')
    .argument('<name>')
    .action((name: string, _: object, command: Command) =>
      change(command, name, (config) => ({ ...config, current: name })),
    );
  contexts
    .command('remove')
    .description('forget one and its sign-in')
    .argument('<name>')
    .action((name: string, _: object, command: Command) =>
      change(command, name, ({ current, contexts: { [name]: __, ...rest } }) => ({
        current: current === name ? null : current,
        contexts: rest,
      })),
    );
};

const change = async (command: Command, name: string, changed: (config: Config) => Config): Promise<void> => {
  const { output, environment } = Context.of(command);
  const file = configFile(settingsFolder(environment));
  const before = await readConfig(file);
  if (!before.contexts[name])
    throw new CliError(`There is no context ${name}.`, EXIT.notFound, 'collsync context list shows them.');
  const after = changed(before);
  await writeConfig(file, after);
  const current = after.current;
  output.one({ current }, [['Current', current]]);
};
