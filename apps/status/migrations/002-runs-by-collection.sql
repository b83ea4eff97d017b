create index run_collection on run (collection, started_at desc, id);
create index run_running on run (target) where state = 'running';
