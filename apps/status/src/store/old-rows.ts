import type { Database } from '@collection-sync/postgres';
import type { StatusSettings } from '../settings.js';

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
    `delete from movement where ctid = any (array(select ctid from movement
       where number < (extract(epoch from ($1)::timestamptz) * 1000)::bigint limit 5000))`,
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
    'delete from dead_letter where ctid = any (array(select ctid from dead_letter where at < $1 limit 5000))',
    settings.keepDeadLettersDays,
  ],
  [
    'delete from preview where ctid = any (array(select ctid from preview where at < $1 limit 10))',
    settings.keepPreviewsHours / 24,
  ],
  [
    'delete from look_up where ctid = any (array(select ctid from look_up where asked_at < $1 limit 5000))',
    settings.keepPreviewsHours / 24,
  ],
  ['delete from change where ctid = any (array(select ctid from change where at < $1 limit 5000))', 10 / 1_440],
];

/** Drops what is past its retention, a bounded number of rows of each table; true while there is more. */
export const dropOldRows = async (database: Database, settings: StatusSettings): Promise<boolean> => {
  let more = false;
  for (const [text, days] of OLD_ROWS(settings)) {
    const deleted = await database.execute(text.replace('$1', `now() - make_interval(secs => $1::float8 * 86400)`), [
      days,
    ]);
    more = deleted >= 5_000 || more;
  }
  return more;
};
