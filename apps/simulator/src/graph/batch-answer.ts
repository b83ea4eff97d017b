import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';

/** Headers of a part; their case is nothing to rely on. */
export function partHeaders(sim: Simulation, answer: Answer): Record<string, string> {
  const recase = (name: string) => {
    switch (sim.graph.headerCase) {
      case 'lower':
        return name.toLowerCase();
      case 'canonical':
        return canonical(name);
      default:
        return sim.random.chance(0.5) ? name.toLowerCase() : canonical(name);
    }
  };
  return Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [recase(name), value]));
}

function canonical(name: string): string {
  return name.startsWith('x-')
    ? name
    : name.replaceAll(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** JSON stays JSON; other bodies travel as base64. */
export function shownBody(sim: Simulation, answer: Answer): unknown {
  const type = answer.headers['content-type'] ?? '';
  if (answer.body === undefined || type.startsWith('application/json')) return answer.body;
  return Buffer.from(String(answer.body)).toString('base64');
}
