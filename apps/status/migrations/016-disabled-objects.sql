-- Mappings that could not say what becomes of disabled objects took them out of the group, and go on. New ones keep them.
update mapping set policy = policy || '{"disabledObjects": "remove"}' where not policy ? 'disabledObjects';
