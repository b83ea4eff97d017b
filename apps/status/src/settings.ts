/** What may be set; every value has a default. */
export interface StatusSettings {
  /** how long a command waits to be acted on; 1 hour by default */
  readonly commandSeconds: number;
  /** failed sign-ins a minute and address that are answered as such */
  readonly failedSignIns: number;
  /** at a gap, and for a target that nothing is known of, a report is asked for; first again after this, then doubling up to an hour */
  readonly reportAgainSeconds: number;
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
