-- Whose claim of a preview it is: one that was lost to another worker tells nothing. Its listing is named after it.
alter table transfer add column claim uuid;
create index transfer_claim on transfer (claim) where claim is not null;
