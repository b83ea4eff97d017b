-- A full pass that lost too much is doubted: its number, and why. Nothing is marked deleted until a later pass says the same.
alter table feed add column doubted_pass bigint, add column doubt text;
