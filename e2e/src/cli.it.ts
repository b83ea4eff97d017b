import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '@collection-sync/cli';
import { mapDemoCollections } from '@collection-sync/demo';
import type { Command } from 'commander';
import { readVariable } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from './system.js';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const page = await readFile(at('docs/cli.md'), 'utf8');
const [, chapter = ''] = /^## On the demo$(.*?)^## /ms.exec(page) ?? [];
const EXAMPLES = (/```sh\n(.*?)```/s.exec(chapter)?.[1] ?? '').trim().split('\n');

let system: System;
let folder: string;
const shell = (line: string): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = {
      PATH: `${join(folder, 'bin')}${delimiter}${readVariable('PATH') ?? ''}`,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      COLLSYNC_URL: system.api.url,
      COLLSYNC_TOKEN: system.api.token,
    };
    execFile('sh', ['-c', line], { cwd: folder, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collsync-demo-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(
    join(folder, 'bin/collsync'),
    `#!/bin/sh\nexec '${process.execPath}' '${at('apps/cli/dist/main.js')}' "$@"\n`,
  );
  await chmod(join(folder, 'bin/collsync'), 0o755);
  system = await startSystem('standalone', { world: 'demo' });
  await mapDemoCollections(system.api.url, system.api.token, system.simulator.addresses.tenantId, () => undefined);
});
afterAll(async () => {
  await system.close();
  await rm(folder, { recursive: true });
});

const collsync = (...args: string[]) => shell(['collsync', ...args].map((arg) => `'${arg}'`).join(' '));

describe('the examples of docs/cli.md, on the demo', () => {
  it('are there', () => expect(EXAMPLES.length).toBeGreaterThan(20));

  it.each(EXAMPLES)('%s', async (line) => {
    const [, code = '0'] = /exit code (\d+)/.exec(line) ?? [];
    const { code: ended, out, err } = await shell(line);
    expect({ ended, out, err }).toMatchObject({ ended: Number(code) });
  });
});

describe('collsync', () => {
  it('waits for a run and its outcome', async () => {
    const { simulator } = system;
    const group = 'App access - Finance';
    const membersOf = async (): Promise<string[]> =>
      (await simulator.group(group)).members.map(({ name }) => name ?? '').toSorted();
    const before = await membersOf();
    const [leaver = ''] = before;
    const [{ id } = { id: '' }] = await simulator
      .send<{ id: string; name: string }[]>('GET', '/collections')
      .then((all) => all.filter(({ name }) => name === 'Finance people'));
    const { members } = await simulator.collection(id);
    const gone = members.find(({ name }) => leaver.includes(name) || name.includes(leaver))?.name ?? members[0]?.name;
    await simulator.editCollection(id, { remove: [gone ?? ''] });
    expect(await collsync('sync', 'Finance people', '--wait')).toMatchObject({ code: 0 });
    const after = await membersOf();
    expect(after).toHaveLength(before.length - 1);
    // somebody takes a member out in Entra: only a full run notices
    await simulator.editGroup(group, { remove: [after[0] ?? ''] });
    expect(await membersOf()).toHaveLength(after.length - 1);
    const full = await collsync('sync', 'Finance people', '--full', '--wait', '-o', 'json');
    expect(full.code).toBe(0);
    expect(JSON.parse(full.out)).toMatchObject({ command: { kind: 'full' }, target: { cloudSyncStatus: 'Success' } });
    expect(await membersOf()).toEqual(after);
  });

  it('says when the time to wait is over', async () => {
    expect(await collsync('wait', 'Finance people', '--for', 'held', '--timeout', '1')).toMatchObject({
      code: 7,
      err: expect.stringContaining('was not done within 1 s.') as string,
    });
  });

  it('names all that is wrong with a file at once, before anything is changed', async () => {
    await writeFile(
      join(folder, 'wrong.yaml'),
      'mappings:\n  - { collection: Nowhere, group: Intune - Kiosks }\n  - { collection: Kiosks, group: Nobody }\n',
    );
    const said = await collsync('apply', '-f', 'wrong.yaml');
    expect(said).toMatchObject({ code: 4, out: '' });
    expect(said.err).toMatch(
      /mappings\.0: The collection Nowhere was not found.*mappings\.1: The group Nobody was not found/,
    );
  });

  it('tells in a dry run what would become of the members, and what would be refused', async () => {
    const { id } = await system.simulator.send<{ id: string }>('POST', '/groups', {
      displayName: 'Rule made',
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.city -eq "Berlin"',
    });
    await writeFile(
      join(folder, 'more.yaml'),
      `mappings:\n  - { collection: Kiosks, group: Intune - Pilot ring }\n  - { collection: Kiosks, group: ${id} }\n`,
    );
    const { code, out } = await collsync('apply', '-f', 'more.yaml', '--dry-run');
    expect(out).toMatch(/^\+ Kiosks \(\w+\) → Intune - Pilot ring .*$/m);
    expect(out).toMatch(/^ {4}members: \d+ to add, \d+ to remove, \d+ to keep/m);
    expect(out).toMatch(/^ {4}refused: .*dynamic/im);
    expect(code).toBe(5);
  });

  it('lets no name act on the terminal, whatever the format', async () => {
    await system.simulator.send('POST', '/groups', { displayName: 'Odd \u001B[31m\u202Etxt\u0007 ' });
    for (const format of ['table', 'json', 'yaml']) {
      const { out } = await collsync('groups', 'search', ' Odd', '-o', format);
      expect(out).toContain('Odd');
      expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202E/u);
    }
    const { err } = await collsync('groups', 'check', 'Odd \u001B[31m\u202Etxt\u0007');
    expect(err).toContain('blanks at its ends');
  });

  it('works with several installations', async () => {
    const login = (name: string) =>
      shell(`collsync login --context ${name} --url ${system.api.url} --token ${system.api.token}`);
    expect(await login('one')).toMatchObject({ code: 0 });
    expect(await login('two')).toMatchObject({ code: 0 });
    expect(await collsync('context', 'use', 'one')).toMatchObject({ code: 0 });
    const { out } = await collsync('context', 'list', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject([
      { name: 'one', current: true },
      { name: 'two', current: false },
    ]);
    const plain = `env -u COLLSYNC_URL -u COLLSYNC_TOKEN collsync`;
    expect(await shell(`${plain} tenants`)).toMatchObject({ code: 0 });
    expect(await shell(`${plain} --context three tenants`)).toMatchObject({ code: 4 });
    expect(await shell(`${plain} context remove one && ${plain} tenants`)).toMatchObject({ code: 3 });
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('completes in %s', async (name) => {
    expect((await collsync('completion', name)).out).toContain('collsync');
    const { out } = await shell(`collsync complete -- members --rea`);
    expect(out).toMatch(/^--reason\t/m);
  });
});

/** What each command is tried with. */
const ARGS: Readonly<Record<string, readonly string[]>> = {
  login: [],
  logout: [],
  'context list': [],
  'context use': ['two'],
  'context remove': ['two'],
  collections: [],
  collection: ['Kiosks'],
  'groups search': ['Intune'],
  'groups check': ['Intune - Kiosks'],
  map: ['Kiosks', 'Intune - Kiosks', '--paused'],
  change: ['Kiosks', '--manual'],
  pause: ['Kiosks'],
  resume: ['Kiosks'],
  sync: ['Kiosks'],
  cancel: ['Kiosks'],
  retry: ['Kiosks'],
  resend: ['Kiosks'],
  compare: ['Kiosks', '--timeout', '60'],
  wait: ['Kiosks', '--timeout', '60'],
  members: ['Kiosks'],
  why: ['Finance people', '1'],
  preview: ['Kiosks', 'Intune - Kiosks'],
  unmap: ['Kiosks', '--members', 'leave', '--what-if'],
  'get mappings': [],
  apply: ['-f', 'mappings.yaml', '--dry-run'],
  import: ['--dry-run'],
  approve: ['7e57ab1e-0000-4000-8000-000000000001'],
  reject: ['7e57ab1e-0000-4000-8000-000000000001'],
  plans: [],
  recover: [],
  status: [],
  runs: [],
  run: ['7e57ab1e-0000-4000-8000-000000000001'],
  export: [],
  tenants: [],
  'tenant disable': ['7e57ab1e-0000-4000-8000-000000000001', '--what-if'],
  'tenant enable': ['7e57ab1e-0000-4000-8000-000000000001', '--what-if'],
  audit: [],
  'audit verify': [],
  'audit export': [],
  'audit people': [],
  find: ['PC'],
  'dead-letters': [],
  doctor: [],
  completion: ['bash'],
  complete: [],
};

const leaves = (command: Command, path: string[] = []): string[] =>
  command.commands.flatMap((child) => {
    const name = [...path, child.name()];
    const below = leaves(child, name);
    return below.length === 0 || child.name() === 'audit' ? [name.join(' '), ...below] : below;
  });

describe('-o json', () => {
  it('is tried on every command', () => {
    expect(leaves(buildProgram()).toSorted()).toEqual(Object.keys(ARGS).toSorted());
  });

  it.each(Object.entries(ARGS))('of %s is JSON, or is refused', async (name, args) => {
    const { code, out, err } = await collsync(...name.split(' '), ...args, '-o', 'json');
    if (out !== '') return expect(JSON.parse(out)).toBeInstanceOf(Object);
    expect([2, 4, 5]).toContain(code);
    expect(err).toMatch(/\w/);
  });
});
