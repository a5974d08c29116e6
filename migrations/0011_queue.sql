-- The queue: what breaks next comes first, and what changed since somebody looked is told apart.

alter table ticket ADD COLUMN due_at bigint;
update ticket set due_at = (select min(c.due_at) from clock c where c.ticket = ticket.id and c.state = 'running') where active = 1;
-- Tickets without a running clock stand at the end, as the order of a list has them.
create index ticket_due on ticket (active, coalesce(due_at, 9223372036854775807), id, organisation);

-- When somebody last looked at a ticket; of ticket 0, when they first had a queue: what is older is not new to them.
create table looked (
  person bigint not null,
  ticket bigint not null,
  at bigint not null,
  primary key (person, ticket)
);
