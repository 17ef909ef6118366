-- Every letter asks what a person was sent before, not only the reminders among it.
create index message_person on message (person_id, queued_at);
drop index message_person_id_queued_at_idx;
