import type { Command } from 'commander';
import { unwrap, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { findTarget } from '../find.js';
import { lookUpOf } from '../look-up.js';

const MARKS = { yes: '✔', no: '✘', waiting: '…', unknown: '?' } as const;
const EVENTS: Readonly<Record<Schemas['MemberEvent']['change'], string>> = {
  joinedCollection: 'joined the collection',
  resolved: 'found in the directory',
  joined: 'added to the group',
  failed: 'failed',
  left: 'left the group',
  leftCollection: 'left the collection',
};

interface Options {
  readonly graph?: true;
  readonly ask: boolean;
}

type Named = { readonly resource: number } | { readonly object: string } | { readonly name: string };

/** The one resource that was found, else what was named; the site knows nothing by a directory object. */
const questionAbout = (
  traces: Schemas['Why']['traces'],
  named: Named,
): { readonly name: string } | { readonly resourceId: number } | undefined => {
  const [only, ...others] = traces;
  const resourceId = others.length === 0 ? only?.member?.resourceId : undefined;
  if (resourceId !== undefined && resourceId !== null) return { resourceId };
  if ('resource' in named) return { resourceId: named.resource };
  return 'name' in named ? { name: named.name } : undefined;
};

export const addWhy = (program: Command): void => {
  program
    .command('why')
    .description('why a resource is, or is not, in a group: step by step')
    .argument('<target>', 'as for members')
    .argument('<resource>', 'ResourceID, name, or directory object id')
    .option('--graph', 'ask Microsoft Graph too whether it is in the group now')
    .option('--no-ask', 'do not ask the site and the directory what they know of it')
    .action(async (given: string, resource: string, { graph, ask }: Options, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const path = await findTarget(api, given);
      const named = /^\d+$/.test(resource)
        ? { resource: Number(resource) }
        : /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(resource)
          ? { object: resource }
          : { name: resource };
      const query = { ...named, ...(graph ? { graph: 'true' as const } : {}) };
      const found = await unwrap(api.GET('/api/v1/targets/{tenant}/{group}/why', { params: { path, query } }));
      const about = questionAbout(found.traces, named);
      const lookUp = ask && about ? await lookUpOf(api, path, about) : null;
      if (context.output.format !== 'table') return context.output.data({ ...found, lookUp });
      for (const { conclusion, steps, member, graph: asked, timeline } of found.traces) {
        if (member) context.output.text(`${member.name} (${member.resourceId ?? member.objectId})`);
        for (const { step, state, detail } of steps) context.output.text(`  ${MARKS[state]} ${step}: ${detail}`);
        if (asked)
          context.output.text(
            `  ${asked.inGroup === null ? '?' : asked.inGroup ? '✔' : '✘'} Microsoft Graph: ${asked.detail}`,
          );
        context.output.text(conclusion);
        for (const { time, change, reason } of timeline)
          context.output.text(`  ${time}  ${EVENTS[change]}${reason ? `: ${reason}` : ''}`);
      }
      if (lookUp) context.output.text(`Asked now: ${lookUp.conclusion}`);
    });
};
