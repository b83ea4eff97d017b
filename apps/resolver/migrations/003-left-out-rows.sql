-- Rows that named no object, since the pass began. Such a pass is not complete: it marks nobody deleted, and is repeated in its time.
alter table feed add column left_out bigint not null default 0, add column pass_again_at timestamptz;
