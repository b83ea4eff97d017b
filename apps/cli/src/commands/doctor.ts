import type { Command } from 'commander';
import { Context } from '../context.js';
import { checkService } from '../doctor/check-service.js';
import type { Finding } from '../doctor/finding.js';
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
      const findings = [...(await checkService(url, session)), ...(await checkDirectly())];
      context.output.rows(findings, [
        { title: 'Check', of: ({ check }) => check },
        { title: 'State', of: ({ state }) => state },
        { title: 'Detail', of: ({ detail }) => detail },
        { title: 'What to do', of: ({ state, fix }) => (state === 'ok' ? '' : fix) },
      ]);
      if (findings.some(({ state }) => state === 'failed')) process.exitCode = EXIT.differs;
    });
};

/** Undici 8, which opens the services' connections, needs it; the rest of the command line does not. */
const OLDEST_NODE = [22, 19] as const;

const isOldNode = (): boolean => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
};

const checkDirectly = async (): Promise<Finding[]> => {
  if (isOldNode()) {
    return [
      {
        check: 'site, tenants, broker, database, Redis',
        state: 'not checked',
        detail: `Node ${process.versions.node} cannot open the services' connections.`,
        fix: `Run doctor with Node ${OLDEST_NODE.join('.')} or newer, or in the image: docker run … collsync doctor`,
      },
    ];
  }
  // everything that the services are made of: only this command pays for loading it
  const { checkInstallation } = await import('../doctor/check-installation.js');
  return checkInstallation();
};
