import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandsOf } from '../docs/commands.mjs';
import { root } from '../workspace/run.mjs';
import { runOf } from './kubectl.mjs';

const PAGES = ['docs/kubernetes.md', 'docs/operations.md', 'docs/troubleshooting.md'];
const PRODUCTION = 'deploy/k8s/overlays/production';
/** In a sentence, without what it is for. */
const NAMED = /^kubectl (apply -k|create secret generic)$/;

const commandsOfPages = async () => {
  const texts = await Promise.all(PAGES.map((page) => readFile(join(root, page), 'utf8')));
  return texts
    .flatMap(commandsOf)
    .filter(({ command, untried }) => command.startsWith('kubectl ') && !untried && !NAMED.test(command))
    .map(({ command }) => command.replace(/<your folder>|(?<= )overlays\/production/, PRODUCTION));
};

/** Runs what the pages say of kubectl, as it stands there; what takes away comes last. */
export const runPageCommands = async ({ kubectl, get, kubeconfig }) => {
  const commands = await commandsOfPages();
  const takesAway = (command) => command.includes(' delete ');
  const [first, last] = [commands.filter((each) => !takesAway(each)), commands.filter(takesAway)];
  if (first.length < 6 || last.length === 0) throw new Error(`hardly any: ${commands.join('; ')}`);
  for (const name of ['ingress-nginx', 'monitoring']) await kubectl(['create', 'namespace', name]);
  const sh = runOf('sh', { KUBECONFIG: kubeconfig });
  for (const command of first) await sh(['-c', command], { cwd: root });
  // no controller finishes a namespace here
  for (const command of last) await sh(['-c', `${command} --wait=false`], { cwd: root });
  const { metadata } = await get('namespace', 'collection-sync');
  if (metadata.deletionTimestamp === undefined) throw new Error('nothing was taken away');
};
