import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_POLICY, DEFAULT_SCHEDULE, policy, schedule } from '@collection-sync/core';
import { Document, isMap, isScalar, parse, type YAMLSeq } from 'yaml';
import { z } from 'zod';
import type { Schemas } from './api.js';
import { CliError, EXIT } from './exit-codes.js';

const file = z.strictObject({
  tenant: z.string().optional(),
  mappings: z.array(
    z.strictObject({
      collection: z.string(),
      group: z.string(),
      tenant: z.string().optional(),
      paused: z.boolean().default(false),
      policy: policy.optional(),
      schedule: schedule.optional(),
    }),
  ),
});
export type MappingFile = z.output<typeof file>;

/** The file that `apply` reads. @param path `-` for the standard input */
export const readMappingFile = async (path: string): Promise<MappingFile> => {
  const parsed = file.safeParse(yamlOf(path, await textOf(path)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || path}: ${issue.message}`);
  throw new CliError(`${path} is not as it should be.`, EXIT.usage, problems.join('; '));
};

const textOf = async (path: string): Promise<string> => {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    throw new CliError(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      EXIT.usage,
      'Check its name and its rights.',
    );
  }
};

const yamlOf = (path: string, given: string): unknown => {
  try {
    return parse(given);
  } catch (error) {
    throw new CliError(`${path} is no YAML.`, EXIT.usage, error instanceof Error ? error.message.split('\n')[0] : '');
  }
};

/** What `apply` would read to make the mappings as they are. */
export const mappingFileOf = (mappings: readonly Schemas['Mapping'][]): object => {
  const shown = mappings.filter(({ state }) => state === 'active' || state === 'paused');
  const tenants = new Set(shown.map(({ tenantId }) => tenantId));
  const [only] = tenants;
  return {
    ...(tenants.size === 1 ? { tenant: only } : {}),
    mappings: shown.map(({ collectionId, groupId, tenantId, pausedBy, policy: limits, schedule: times }) => ({
      collection: collectionId,
      group: groupId,
      ...(tenants.size > 1 ? { tenant: tenantId } : {}),
      ...(pausedBy === 'operator' ? { paused: true } : {}),
      ...(isDeepStrictEqual(times, DEFAULT_SCHEDULE) ? {} : { schedule: times }),
      ...(isDeepStrictEqual(limits, DEFAULT_POLICY) ? {} : { policy: limits }),
    })),
  };
};

/** The same with the names of collections and groups as comments. */
export const mappingDocumentOf = (mappings: readonly Schemas['Mapping'][]): Document => {
  const document = new Document(mappingFileOf(mappings));
  const names = new Map(
    mappings.flatMap(({ collectionId, collectionName, groupId, groupName }) => [
      [collectionId, collectionName],
      [groupId, groupName],
    ]),
  );
  for (const item of (document.get('mappings') as YAMLSeq).items) {
    if (!isMap(item)) continue;
    for (const field of ['collection', 'group']) {
      const node = item.get(field, true);
      if (isScalar(node)) node.comment = ` ${(names.get(String(node.value)) ?? '').replaceAll(/[\r\n]/g, ' ')}`;
    }
  }
  return document;
};
