import type { Command } from 'commander';
import { Context } from '../context.js';
import { checkService } from '../doctor/check-service.js';
import { EXIT } from '../exit-codes.js';
import { currentSession, DEFAULT_URL } from '../session/session.js';

export const addDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description(
      'check source, tenant, permissions, broker, database, Redis and clock, and say how to fix what is wrong',
    )
    .action(async (_: object, command: Command) => {
      const context = Context.of(command);
      const session = await currentSession(context.environment, context.flags).catch(() => undefined);
      const url = session?.url ?? context.flags.url ?? context.environment.COLLSYNC_URL ?? DEFAULT_URL;
      // everything that the services are made of: only this command pays for loading it
      const { checkInstallation } = await import('../doctor/check-installation.js');
      const findings = [...(await checkService(url, session)), ...(await checkInstallation())];
      context.output.rows(findings, [
        { title: 'Check', of: ({ check }) => check },
        { title: 'State', of: ({ state }) => state },
        { title: 'Detail', of: ({ detail }) => detail },
        { title: 'What to do', of: ({ state, fix }) => (state === 'ok' ? '' : fix) },
      ]);
      if (findings.some(({ state }) => state === 'failed')) process.exitCode = EXIT.differs;
    });
};
