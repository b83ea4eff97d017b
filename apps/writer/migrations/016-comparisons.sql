-- Who is at work on a command to compare, until when, and since when.
alter table command add column claim uuid, add column claimed_until timestamptz, add column begun_at timestamptz;
