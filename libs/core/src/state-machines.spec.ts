import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mappingEvent } from './events/mapping.js';
import { drawnStates, STATE_MACHINES, type StateMachine } from './state-machines.js';

const machines = Object.entries<StateMachine>(STATE_MACHINES);

/** Where a machine may be led from a state, by these changes alone. */
const reach = ({ changes }: StateMachine, start: string, by?: 'operator'): Set<string> => {
  const reached = new Set<string>();
  for (let fresh = [start]; fresh.length > 0;) {
    const next = changes.filter(
      (change) => change.from.some((from) => fresh.includes(from)) && (!by || change.by === by),
    );
    fresh = next.map(({ to }) => to).filter((to) => !reached.has(to) && to !== start);
    for (const to of fresh) reached.add(to);
  }
  return reached;
};

describe.each(machines)('the states of a %s', (_, machine) => {
  it('are all reached from the start, and named by the changes alone', () => {
    expect([...reach(machine, '')].toSorted()).toEqual([...machine.states].toSorted());
    const named = new Set(machine.changes.flatMap(({ from, to }) => [...from, to]));
    expect([...named].filter(Boolean).toSorted()).toEqual([...machine.states].toSorted());
  });

  it('can all be left, but for the final ones', () => {
    for (const state of machine.states)
      expect([state, reach(machine, state).size > 0]).toEqual([state, !machine.final.includes(state)]);
  });

  it('are written where they are said to be', () => {
    for (const { in: file } of machine.changes)
      expect([file, existsSync(new URL(`../../../apps/${file.replace('/', '/src/')}`, import.meta.url))]).toEqual([
        file,
        true,
      ]);
  });
});

it.each(['mapping', 'target', 'run', 'plan'] as const)('an operator leads a %s out of every state', (name) => {
  const machine: StateMachine = STATE_MACHINES[name];
  const left = machine.states.filter((state) => reach(machine, state, 'operator').size > 0);
  expect(machine.states.filter((state) => !left.includes(state))).toEqual(machine.final);
});

it('a mapping has the states of its record', () => {
  expect([...STATE_MACHINES.mapping.states]).toEqual(mappingEvent.shape.state.options);
});

it('are drawn in docs/architecture.md', () => {
  const page = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8');
  const drawn = drawnStates();
  expect(page.slice(page.indexOf('stateDiagram-v2')).slice(0, drawn.length)).toBe(drawn);
});
