import { env, Part } from '@collection-sync/core';
import { z } from 'zod';
import { isMappableRule } from './map/mappable.js';

/** What may be set; every value has a default. */
export interface StatusSettings {
  /** how long a command waits to be acted on; 1 hour by default */
  readonly commandSeconds: number;
  /** failed sign-ins a minute and address that are answered as such */
  readonly failedSignIns: number;
  /** at a gap a report is asked for; first again after this, then doubling up to an hour */
  readonly reportAgainSeconds: number;
  /** what the writer has not told so long after it could is asked for: a restored database does not know what it lacks; a busy writer tells later */
  readonly reportLateSeconds: number;
  /** addresses of proxies whose X-Forwarded-For is believed */
  readonly trustProxy?: readonly string[];
  /** files that are downloaded at once, and how long one may take */
  readonly exports: number;
  readonly exportSeconds: number;
  /** each mapped group is looked at this often: existence, kind, name */
  readonly groupCheckSeconds: number;
  /** a group that was not found is looked at once more after this */
  readonly groupAgainSeconds: number;
  /** rules as map/mappable.ts has them; every group without it */
  readonly mappableGroups?: readonly string[];
  /** who asked for removals does not approve them */
  readonly approvalByAnother: boolean;
  /** site and tenant are simulated */
  readonly demo: boolean;
  readonly tickMs: number;
  /** mappings are published again when this old */
  readonly republishHours: number;
  readonly keepRunsDays: number;
  readonly keepAuditDays: number;
  readonly keepDeadLettersDays: number;
  readonly keepPreviewsHours: number;
  /** folder of the console's built files; the API alone without it */
  readonly consoleFolder?: URL | string;
}

export const DEFAULT_SETTINGS: StatusSettings = {
  commandSeconds: 3_600,
  failedSignIns: 20,
  approvalByAnother: false,
  demo: false,
  reportAgainSeconds: 60,
  reportLateSeconds: 900,
  exports: 8,
  exportSeconds: 900,
  groupCheckSeconds: 300,
  groupAgainSeconds: 30,
  tickMs: 1_000,
  republishHours: 24,
  keepRunsDays: 90,
  keepAuditDays: 730,
  keepDeadLettersDays: 30,
  keepPreviewsHours: 24,
};

/** The settings that an administrator may change. */
export const settings = Part.define({
  environment: z.object({
    CONSOLE_FOLDER: env
      .text()
      .optional()
      .describe('folder of the console’s built files, instead of the one beside this program'),
    AUDIT_RETENTION_DAYS: env
      .integer(30, 36_500)
      .prefault('730')
      .describe('days after which a line of the audit log goes, at least 30'),
    GROUP_CHECK_SECONDS: env
      .seconds()
      .prefault('300')
      .describe('how often each mapped group is looked at: whether it exists, its kind and its name'),
    MAPPABLE_GROUPS: env
      .list()
      .refine(
        (rules) => rules.every(isMappableRule),
        'must name ids, beginnings of names with *, unit:<id>, owner:<id>',
      )
      .optional()
      .describe(
        'groups that may be synchronised: object ids, beginnings of names such as Intune-*, unit:<id of an administrative unit>, owner:<object id, such as that of the writer’s service principal>; all without it',
      ),
    APPROVAL_BY_ANOTHER: env
      .flag()
      .default(false)
      .describe(
        'true refuses the approval of held removals by who changed the mapping or asked for the run in the day before',
      ),
    DEMO_TOUR: env
      .flag()
      .default(false)
      .describe('true says that site and tenant are simulated: the first page of the console offers a tour'),
    TRUST_PROXY: env
      .list()
      .optional()
      .describe(
        'addresses or networks of the proxies in front, such as 10.0.0.0/8: the callers that they name are believed',
      ),
  }),
  make: ({ environment }): StatusSettings => ({
    ...DEFAULT_SETTINGS,
    groupCheckSeconds: environment.GROUP_CHECK_SECONDS / 1_000,
    consoleFolder: environment.CONSOLE_FOLDER,
    keepAuditDays: environment.AUDIT_RETENTION_DAYS,
    mappableGroups: environment.MAPPABLE_GROUPS,
    approvalByAnother: environment.APPROVAL_BY_ANOTHER,
    trustProxy: environment.TRUST_PROXY,
    demo: environment.DEMO_TOUR,
  }),
});
