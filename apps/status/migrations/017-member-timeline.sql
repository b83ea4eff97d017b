-- Of a member also when the collection began and ceased to name it, and when its directory object was found or became another. Who is found at
-- once has no row of its own for that: the object of `joinedCollection` says it. Rows that are there need no check: they are a part of the old set.
alter table movement drop constraint movement_change_check;
alter table movement add constraint movement_change_check
  check (change in ('joinedCollection', 'resolved', 'joined', 'failed', 'left', 'leftCollection')) not valid;
