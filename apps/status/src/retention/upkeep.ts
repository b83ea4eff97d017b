import { encodeEvent, TOPICS } from '@collection-sync/core';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { Commands } from '../commands/commands.js';
import { findMapping, lockTargets, mappingsToRepublish, markPublished, toMapping } from '../mappings/mapping-rows.js';
import type { StatusSettings } from '../settings.js';

const BATCH = 100;

/**
 * Targets whose stream has a gap, or of which nothing is known, and that it is time to ask about (again). Once for each version also those
 * of which a merge of what was captured should have been told by now: a database that was restored has not seen that there is a gap. A
 * version is a time in milliseconds.
 */
const targetsToReport = (database: Database, againSeconds: number): Promise<{ target: string }[]> =>
  database.query(
    `select m.target from mapping m left join target t on t.target = m.target left join collection c on c.collection = m.collection
       cross join lateral (select to_timestamp(c.version / 1000.0) + make_interval(secs => $1::float8) as at) late
     where m.state in ('active', 'paused') and (t.gap or (coalesce(t.result_number, 0) = 0 and m.changed_at < now() - make_interval(secs => $1::float8))
         or (m.state = 'active' and c.version > greatest(t.result_merged, t.merged_version) and late.at < now()
           and (t.report_asked_at is null or t.report_asked_at < late.at)))
       and (t.report_asked_at is null or t.report_asked_at
         < now() - make_interval(secs => least(3600, $1::float8 * power(2, least(t.reports_asked, 12) - 1))))
     order by t.report_asked_at nulls first limit $2`,
    [againSeconds, BATCH],
  );

/** Asks the writer to tell everything again where something is missing. */
export const askForReports = async (
  database: Database,
  commands: Commands,
  settings: StatusSettings,
): Promise<boolean> => {
  const due = await targetsToReport(database, settings.reportAgainSeconds);
  for (const { target } of due) {
    await database.transaction(async (tx) => {
      await lockTargets(tx, [target]);
      await tx.query(
        `insert into target as t (target, reports_asked, report_asked_at) values ($1, 1, now())
         on conflict (target) do update set reports_asked = t.reports_asked + 1, report_asked_at = now()`,
        [target],
      );
      await commands.issue(tx, 'status', { kind: 'report', target });
    });
  }
  return due.length === BATCH;
};

/** The owner of a compacted topic publishes its keys again daily. */
export const republishMappings = async (
  database: Database,
  outbox: Outbox,
  settings: StatusSettings,
): Promise<boolean> => {
  const due = await mappingsToRepublish(database, settings.republishHours, BATCH);
  for (const { target } of due) {
    await database.transaction(async (tx) => {
      await lockTargets(tx, [target]);
      const mapping = await findMapping(tx, target);
      if (!mapping) return;
      await markPublished(tx, target);
      await outbox.add(tx, [encodeEvent(TOPICS.mapping, toMapping(mapping), 'status')]);
    });
  }
  return due.length === BATCH;
};

const OLD_ROWS = (settings: StatusSettings): [text: string, days: number][] => [
  [
    `delete from run where ctid = any (array(select ctid from run where state <> 'running' and started_at < $1 limit 5000))`,
    settings.keepRunsDays,
  ],
  [
    'delete from run_event where ctid = any (array(select ctid from run_event where at < $1 limit 5000))',
    settings.keepRunsDays,
  ],
  [
    `delete from plan where ctid = any (array(select ctid from plan where state <> 'open' and held_at < $1 limit 5000))`,
    settings.keepRunsDays,
  ],
  [
    'delete from command where ctid = any (array(select ctid from command where issued_at < $1 limit 5000))',
    settings.keepRunsDays,
  ],
  [
    'delete from audit where ctid = any (array(select ctid from audit where at < $1 limit 5000))',
    settings.keepAuditDays,
  ],
  [
    'delete from dead_letter where ctid = any (array(select ctid from dead_letter where at < $1 limit 5000))',
    settings.keepDeadLettersDays,
  ],
  [
    'delete from preview where ctid = any (array(select ctid from preview where at < $1 limit 10))',
    settings.keepPreviewsHours / 24,
  ],
  ['delete from change where ctid = any (array(select ctid from change where at < $1 limit 5000))', 10 / 1_440],
];

/** Nothing grows for ever: each table has its age. A deleted mapping's members go too. True while there is more to delete. */
export const deleteOldRows = async (database: Database, settings: StatusSettings): Promise<boolean> => {
  let more = false;
  for (const [text, days] of OLD_ROWS(settings)) {
    const [row] = await database.query<{ at: Date }>(`select now() - make_interval(secs => $1::float8 * 86400) as at`, [
      days,
    ]);
    more = (await database.execute(text, [row?.at])) >= 5_000 || more;
  }
  const members = await database.execute(
    `delete from member where (target_no, key) in (
       select target_no, key from member where target_no = any (
         array(select t.no from target t join mapping m using (target) where m.state = 'deleted')) limit 5000)`,
  );
  return more || members >= 5_000;
};
