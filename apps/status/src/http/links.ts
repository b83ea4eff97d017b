import type { Contract } from './contract.js';

type Json = Record<string, unknown>;

const namesIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const shapeOf = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');

/**
 * OpenAPI links from what a route makes to the routes of the same thing: the one that shows it, and those with the same names in their path.
 * `id` alone is another thing on each path.
 */
export const linksOf = ({ location }: Contract, contracts: readonly Contract[]): Json => {
  const shown =
    location && contracts.find(({ method, path }) => method === 'GET' && shapeOf(path) === shapeOf(location));
  if (!shown) return {};
  const names = namesIn(shown.path);
  const fields = namesIn(location);
  const parameters = Object.fromEntries(names.map((name, at) => [name, `$response.body#/${fields[at]}`]));
  const isOfIt = ({ path }: Contract): boolean =>
    shapeOf(path) === shapeOf(location) || (names.length > 1 && namesIn(path).join() === names.join());
  return Object.fromEntries(contracts.filter(isOfIt).map(({ id }) => [id, { operationId: id, parameters }]));
};
