import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverPrograms } from '@collection-sync/embedded-postgres';
import { postgres, serverArguments } from './postgres.js';
import type { Recipe } from './recipe.js';
import { runCommand } from './run-command.js';

/** A server that commits nothing that its standby does not have. Leaves its cluster as it is before its first start in `copy`. */
export const postgresPrimary = (copy: string): Recipe => ({
  ...postgres,
  async program(place) {
    const program = await postgres.program(place);
    await mkdir(copy, { recursive: true });
    if (program.user) await chown(copy, program.user.uid, program.user.gid);
    await runCommand('cp', ['-Rp', `${join(place.folder, 'data')}/.`, copy], program.user);
    return { ...program, args: [...program.args, '-c', 'synchronous_standby_names=*'] };
  },
});

/** A hot standby on such a copy: a cluster that is shut down is a base backup, and what came since comes from the primary. */
export const postgresStandby = (copy: string, primary: string): Recipe => ({
  ...postgres,
  async program({ ports: [port] }) {
    const { postgres: command, user } = await serverPrograms();
    const signal = join(copy, 'standby.signal');
    await writeFile(signal, '');
    if (user) await chown(signal, user.uid, user.gid);
    const args = [...serverArguments(copy, port!), '-c', `primary_conninfo=${primary}`];
    return { command, args, user, stopSignal: 'SIGINT' };
  },
});
