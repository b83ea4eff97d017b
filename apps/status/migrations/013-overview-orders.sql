-- Every order of the overview that does not depend on the time of the look has an index: a page reads that page.
create index overview_completed on overview (completed, collection, target);
create index overview_in_progress on overview (in_progress, collection, target);
create index overview_waiting on overview ((coalesce(waiting, 0)), collection, target);
create index overview_held on overview (held, collection, target);
create index overview_last_sync on overview
  (((extract(epoch from coalesce(last_sync_at, '1970-01-01Z'::timestamptz) at time zone 'UTC') * 1000)::bigint), collection, target);
create index overview_last_full on overview
  (((extract(epoch from coalesce(last_full_at, '1970-01-01Z'::timestamptz) at time zone 'UTC') * 1000)::bigint), collection, target);
