-- When something outside last worked, null when it never did; and the host of a site, by which it is known until it has stated its name.
alter table upstream add column last_success timestamptz, add column address text;
