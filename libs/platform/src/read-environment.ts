import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeEnvironment, layersOf } from './describe-environment.js';
import { EnvironmentError } from './environment-error.js';

export type EnvironmentSource = Record<string, string | undefined>;

/**
 * Reads typed settings. A variable that is empty counts as not set; any variable `FOO` of the schema may be given as the file
 * `FOO_FILE` names instead. Throws EnvironmentError with every problem at once.
 */
export const readEnvironment = <T>(schema: z.ZodType<T>, source: EnvironmentSource = process.env): T => {
  const problems: string[] = [];
  const given: EnvironmentSource = {};
  const renewed: Record<string, () => string> = {};
  for (const [name, value] of Object.entries(source)) if (value !== undefined && value !== '') given[name] = value;
  for (const { former, present } of formerNamesIn(schema, given)) {
    if (given[present] !== undefined) problems.push(`${present}: is set twice, also as ${former}`);
    given[present] = given[former];
  }
  for (const [name, field] of variablesOf(schema)) {
    const read = readFromFile(name, given, problems);
    if (read && isRenewed(field)) renewed[name] = read;
  }
  const parsed = schema.safeParse({ ...given, ...renewed });
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => describe(issue, given)));
  if (problems.length > 0 || !parsed.success) throw new EnvironmentError([...new Set(problems)]);
  return parsed.data;
};

/** Variables that are set by the name that they had before, which is read for one release. */
export const formerNamesIn = (
  schema: z.ZodType,
  source: EnvironmentSource = process.env,
): { former: string; present: string }[] =>
  describeEnvironment(schema)
    .flatMap(({ name, formerly }) => (formerly === undefined ? [] : [{ former: formerly, present: name }]))
    .flatMap((names) => [names, { former: `${names.former}_FILE`, present: `${names.present}_FILE` }])
    .filter(({ former }) => source[former] !== undefined && source[former] !== '');

/** The variables that a schema knows. */
export const variableNames = (schema: z.ZodType): string[] => variablesOf(schema).map(([name]) => name);

const variablesOf = (schema: z.ZodType): [name: string, field: z.ZodType][] => {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape as Record<string, z.ZodType>);
  if (schema instanceof z.ZodIntersection) {
    return [schema.def.left, schema.def.right].flatMap((side) => variablesOf(side as z.ZodType));
  }
  return schema instanceof z.ZodPipe ? variablesOf(schema.in as z.ZodType) : [];
};

const isRenewed = (field: z.ZodType): boolean => layersOf(field).some((layer) => layer.meta()?.['renewed'] === true);

/** Reads a value from its file; returns what reads it again. */
const readFromFile = (name: string, given: EnvironmentSource, problems: string[]): (() => string) | undefined => {
  const file = given[`${name}_FILE`];
  if (file === undefined) return undefined;
  if (given[name] !== undefined) {
    problems.push(`${name}: is set twice, also as ${name}_FILE`);
    return undefined;
  }
  const read = (): string => readFileSync(file, 'utf8').trim();
  try {
    given[name] = read();
    return read;
  } catch {
    problems.push(`${name}_FILE: the file cannot be read`);
    return undefined;
  }
};

const describe = (issue: z.core.$ZodIssue, given: EnvironmentSource): string => {
  const [name, ...inside] = issue.path.map(String);
  if (name === undefined) return issue.message;
  if (inside.length === 0 && given[name] === undefined && issue.code !== 'custom') return `${name}: is not set`;
  return `${[name, ...inside].join('.')}: ${issue.message}`;
};
