import { z } from 'zod';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Pieces of environment schemas. Messages never repeat the value; `allowed` is for the documentation. */
export const env = {
  /** An address; with `protocols` only those, e.g. `env.url('http', 'https')`. */
  url: (...protocols: string[]) =>
    z
      .string()
      .refine(
        (text) =>
          URL.canParse(text) && (protocols.length === 0 || protocols.includes(new URL(text).protocol.slice(0, -1))),
        protocols.length > 0 ? `must be a URL that begins with ${protocols.join(':// or ')}://` : 'must be a URL',
      )
      .meta({ allowed: protocols.length > 0 ? `URL, ${protocols.join(':// or ')}://` : 'URL' }),

  /** An address that secrets are sent to: https, or http where nothing leaves this machine. */
  httpsUrl: () =>
    z
      .string()
      .refine((text) => {
        if (!URL.canParse(text)) return false;
        const { protocol, hostname } = new URL(text);
        return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
      }, 'must be a URL that begins with https:// (http:// on this machine only)')
      .meta({ allowed: 'URL, https://' }),

  /** 0 takes a free port. */
  port: () => whole('must be a port, 0 to 65535', 0, 65_535),

  integer: (least = 0, most = Number.MAX_SAFE_INTEGER) =>
    whole(`must be a whole number from ${least} to ${most}`, least, most),

  number: (least: number, most: number) =>
    z
      .string()
      .transform(Number)
      .refine((value) => value >= least && value <= most, `must be a number from ${least} to ${most}`)
      .meta({ allowed: `${least} to ${most}` }),

  flag: () =>
    z
      .string()
      .toLowerCase()
      .refine((text) => /^(true|false|1|0|yes|no|on|off)$/.test(text), 'must be true or false')
      .transform((text) => /^(true|1|yes|on)$/.test(text))
      .meta({ allowed: 'true, false (or 1, 0, yes, no, on, off)' }),

  /** Given in seconds, decimals allowed; read as milliseconds. */
  seconds: () =>
    z
      .string()
      .refine((text) => /^\d+(\.\d+)?$/.test(text), 'must be a number of seconds')
      .transform((text) => Math.round(Number(text) * 1_000))
      .meta({ allowed: 'seconds' }),

  /** Separated by commas. */
  list: () =>
    z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
      )
      .refine((parts) => parts.length > 0, 'must name at least one')
      .meta({ allowed: 'list, separated by commas' }),

  text: () => z.string().min(1, 'must not be empty'),

  /** Never shown in a log, an answer or an event. */
  secret: () => z.string().min(1, 'must not be empty').meta({ secret: true }),
  /** What may change while the process runs: its text, or what reads its file, asked again at each use. */
  renewed: (checked: z.ZodType<string, string>) =>
    z
      .custom<Renewed>((given) => typeof given === 'string' || typeof given === 'function', 'is not set')
      .transform((given, context) => {
        const { error } = checked.safeParse(typeof given === 'string' ? given : given());
        for (const { message } of error?.issues ?? []) context.addIssue({ code: 'custom', message });
        return given;
      })
      .meta({ ...checked.meta(), renewed: true }),
} as const;

/**
 * What a list or object in JSON says; each problem is reported by its place, never by a value.
 * @returns undefined when something was reported
 */
export const readJson = <T>(
  text: string,
  schema: z.ZodType<T>,
  report: (message: string) => void,
  notJson = 'must be JSON',
): T | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    report(notJson);
    return undefined;
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return data;
  for (const { path, message } of error.issues) report(`${path.join('.') || 'list'}: ${message}`);
  return undefined;
};

function whole(message: string, least: number, most: number) {
  return z
    .string()
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= most, message)
    .transform(Number)
    .meta({ allowed: most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}` });
}

const AGAIN = 'from its file it is read again for each connection';

/** The three variables of TLS to one outside part. */
export const tlsVariables = (what: string) => ({
  CA: env
    .renewed(env.text())
    .optional()
    .describe(`PEM of the authority that signed ${what}'s certificate; turns TLS on; ${AGAIN}`),
  CERT: env.renewed(env.text()).optional().describe(`PEM of the client certificate shown to ${what}; ${AGAIN}`),
  KEY: env.renewed(env.secret()).optional().describe(`PEM of its private key; ${AGAIN}`),
});

/** A text, or what reads it from its file. */
export type Renewed = string | (() => string);

/** What reads it now; while its file is being replaced, the last text stays. */
export const renewing = (given: Renewed): (() => string) => {
  if (typeof given === 'string') return () => given;
  let last = given();
  return () => {
    try {
      last = given();
    } catch {
      // there again at the next connection
    }
    return last;
  };
};

export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** The options of TLS, if anything of it is given: clients read them whenever they connect. */
export const tlsOptions = (ca?: Renewed, cert?: Renewed, key?: Renewed): TlsOptions | undefined => {
  const given = Object.entries({ ca, cert, key }).flatMap(([name, value]) =>
    value ? [[name, { get: renewing(value), enumerable: true, configurable: true }] as const] : [],
  );
  return given.length > 0 ? Object.defineProperties({}, Object.fromEntries(given)) : undefined;
};
