-- The directory lost the object of this resource: the site may soon know it by another id.
alter table resource add column look_again boolean not null default false;
create index resource_look_again on resource (id) where look_again;
alter table identity_change add column change text not null default 'changed';
