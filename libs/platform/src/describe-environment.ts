import { z } from 'zod';

export interface Variable {
  readonly name: string;
  readonly description: string;
  /** the service does not start without it */
  readonly required: boolean;
  /** as it would be written in the environment */
  readonly standard?: string;
  readonly secret: boolean;
  /** the values that it may have, where they are few or of one kind */
  readonly allowed?: string;
  /** its name before this release, which is read still */
  readonly formerly?: string;
}

/** What a schema says of its variables, for tables and checks. */
export const describeEnvironment = (schema: z.ZodType): Variable[] => {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).map(([name, field]) => describeVariable(name, field as z.ZodType));
  }
  if (schema instanceof z.ZodIntersection) {
    const sides = [schema.def.left, schema.def.right].flatMap((side) => describeEnvironment(side as z.ZodType));
    return [...new Map(sides.map((each) => [each.name, each])).values()];
  }
  return schema instanceof z.ZodPipe ? describeEnvironment(schema.in as z.ZodType) : [];
};

const describeVariable = (name: string, field: z.ZodType): Variable => {
  const standard = standardOf(field);
  const allowed = allowedOf(field);
  const formerly = textOf(field, 'formerly');
  return {
    name,
    description: layersOf(field).find(({ description }) => description)?.description ?? '',
    required: !field.safeParse(undefined).success,
    ...(standard === undefined ? {} : { standard: String(standard) }),
    secret: layersOf(field).some((layer) => layer.meta()?.['secret'] === true),
    ...(allowed === undefined ? {} : { allowed }),
    ...(formerly === undefined ? {} : { formerly }),
  };
};

/** The schema and what it wraps. */
export const layersOf = (field: z.ZodType): z.ZodType[] => {
  const inner =
    field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodPrefault
      ? (field.def.innerType as z.ZodType)
      : field instanceof z.ZodPipe
        ? (field.in as z.ZodType)
        : undefined;
  return inner ? [field, ...layersOf(inner)] : [field];
};

const standardOf = (field: z.ZodType): unknown => {
  for (const layer of layersOf(field)) {
    if (layer instanceof z.ZodDefault || layer instanceof z.ZodPrefault) return layer.def.defaultValue;
  }
  return undefined;
};

const allowedOf = (field: z.ZodType): string | undefined => {
  for (const layer of layersOf(field)) {
    if (layer instanceof z.ZodEnum) return layer.options.join(', ');
  }
  return textOf(field, 'allowed');
};

const textOf = (field: z.ZodType, name: string): string | undefined =>
  layersOf(field)
    .map((layer) => layer.meta()?.[name])
    .find((value) => typeof value === 'string');
