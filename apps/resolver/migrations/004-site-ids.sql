-- What the site's ids were found to be in a tenant: of devices 'deviceId' or 'objectId', of users 'objectId' or 'unknown'.
alter table directory add column site_ids jsonb not null default '{"devices": null, "users": null}';
