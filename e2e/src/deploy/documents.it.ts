import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tenantConfig } from '@collection-sync/graph';
import { expect, it } from 'vitest';
import { ROOT } from './manifests.js';

const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT });
const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** As GitHub makes them: https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[`*_]/g, '')
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

it.each(pages)('every link of %s leads to a page and a chapter that are there', (page) => {
  const broken = [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)/g)].flatMap(
    ([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return [target];
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor)
        ? [`${target}#${anchor}`]
        : [];
    },
  );
  expect(broken).toEqual([]);
});

it.each(pages)('every table of %s has its cells', (page) => {
  const cells = (line: string): number => line.replace(/`[^`]*`|\\\|/g, '').split('|').length;
  const tables =
    read(page)
      .replace(/^ *```.*?^ *```/gms, '')
      .match(/(^ *\|.*\n)+/gm) ?? [];
  for (const table of tables) {
    const [head = '', rule = '', ...rows] = table.trimEnd().split('\n');
    expect(rule).toMatch(/^ *(\| *:?-+:? *)+\|$/);
    for (const row of rows) expect([row, cells(row)]).toEqual([row, cells(head)]);
  }
});

it('every npm script that a page names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = pages.flatMap((page) => [...read(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name));
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

it('every file of deploy/ that a page names is there', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/(?<![\w/])deploy\/[\w./-]*[\w/]/g)].map(([path]) => path),
  );
  expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('the list of tenants on the page is one that services read', () => {
  const [, example = ''] = /```json\n(.*?)```/s.exec(read('docs/tenants.md')) ?? [];
  const list = JSON.parse(example) as unknown[];
  expect(list.length).toBeGreaterThan(1);
  for (const tenant of list) expect(tenantConfig.safeParse(tenant).error?.issues ?? []).toEqual([]);
});
