import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeEnvironment } from './describe-environment.js';
import { EnvironmentError } from './environment-error.js';

export type EnvironmentSource = Record<string, string | undefined>;

/**
 * Reads typed settings. A variable that is empty counts as not set; any variable `FOO` of the schema may be given as the file
 * `FOO_FILE` names instead. Throws EnvironmentError with every problem at once.
 */
export const readEnvironment = <T>(schema: z.ZodType<T>, source: EnvironmentSource = process.env): T => {
  const problems: string[] = [];
  const given: EnvironmentSource = {};
  for (const [name, value] of Object.entries(source)) if (value !== undefined && value !== '') given[name] = value;
  for (const { former, present } of formerNamesIn(schema, given)) {
    if (given[present] !== undefined) problems.push(`${present}: is set twice, also as ${former}`);
    given[present] = given[former];
  }
  for (const name of variableNames(schema)) readFromFile(name, given, problems);
  const parsed = schema.safeParse(given);
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
export const variableNames = (schema: z.ZodType): string[] => {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodIntersection) {
    return [schema.def.left, schema.def.right].flatMap((side) => variableNames(side as z.ZodType));
  }
  return schema instanceof z.ZodPipe ? variableNames(schema.in as z.ZodType) : [];
};

const readFromFile = (name: string, given: EnvironmentSource, problems: string[]): void => {
  const file = given[`${name}_FILE`];
  if (file === undefined) return;
  if (given[name] !== undefined) {
    problems.push(`${name}: is set twice, also as ${name}_FILE`);
    return;
  }
  try {
    given[name] = readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: the file cannot be read`);
  }
};

const describe = (issue: z.core.$ZodIssue, given: EnvironmentSource): string => {
  const [name, ...inside] = issue.path.map(String);
  if (name === undefined) return issue.message;
  if (inside.length === 0 && given[name] === undefined && issue.code !== 'custom') return `${name}: is not set`;
  return `${[name, ...inside].join('.')}: ${issue.message}`;
};
