-- Members that wait for their directory record, and objects about to be removed, apart from the failed; and what stopped a target as a
-- whole. Nullable: a replica of the release before does not know them.
alter table overview add column waiting bigint;
alter table overview add column removing bigint;
alter table overview add column problem jsonb;

update overview o set waiting = n.waiting, failed = o.failed - n.waiting
from (
  select t.target, sum(c.n) as waiting from target t join member_count c on c.target_no = t.no
  where c.wanted and c.state = 'failed' and c.code in ('NoEntraRecord', 'NoIdentity') group by t.target
) n
where o.target = n.target and o.failed >= n.waiting;
