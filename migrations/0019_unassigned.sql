-- What nobody works on is counted on every page of the queue, and listed by what breaks next.
create index ticket_unassigned on ticket (active, coalesce(due_at, 9223372036854775807), id) where assignee is null;
