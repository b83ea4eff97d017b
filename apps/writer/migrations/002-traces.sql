-- W3C traceparent of what led here, so that one trace goes from the read of a collection to the writes to its group.
alter table transfer add column trace text;
alter table target add column due_trace text;
