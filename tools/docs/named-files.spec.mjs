import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../workspace/run.mjs';

const text = (path) => readFileSync(join(root, path), 'utf8');
const pages = ['CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

/** Paths from the root, in backticks; not patterns such as `libs/{a,b}` or `apps/<service>`. */
const namedBy = (page) =>
  [...page.matchAll(/`((?:apps|libs|e2e|bench|tools|deploy)\/[\w./-]+)`/g)]
    .map(([, path]) => path)
    .filter((path) => !/(^|\/)dist(\/|$)/.test(path));

it.each(pages)('%s names files that exist', (path) => {
  expect(namedBy(text(path)).filter((named) => !existsSync(join(root, named)))).toEqual([]);
});

it('the ways of a member and of a mapping name a file at each step', () => {
  const ways = text('docs/architecture.md')
    .split(/^## /m)
    .filter((part) => part.startsWith('The way of '));
  expect(ways).toHaveLength(2);
  for (const way of ways) expect(namedBy(way).length).toBeGreaterThan(10);
});

/** `handlers.ts`, `run/claim-run.ts`, `core/identity-rule.ts` in the comment that shows the flow of a service. */
it.each(['capture', 'resolver', 'writer', 'status'])('the flow of %s names files that exist', (service) => {
  const [flow = ''] =
    /\/\*\*[\s\S]*?\*\/(?=\s*export const \w+ = defineService)/.exec(text(`apps/${service}/src/service.ts`)) ?? [];
  const named = [...flow.matchAll(/[\w-]+(?:\/[\w-]+)*\.ts|[a-z-]+\/(?=[\s,;)`])/g)].map(([path]) => path);
  expect(named.length).toBeGreaterThan(5);
  const found = (path) =>
    existsSync(join(root, 'apps', service, 'src', path)) || existsSync(join(root, 'libs', path.replace('/', '/src/')));
  expect(named.filter((path) => !found(path))).toEqual([]);
});
