-- Where the time of change ends an index, whether a ticket is active comes before it: a reply then moves its ticket among the
-- few that are worked on, and the pages of the many that are done stay as they are. A list of all is merged of both parts.
drop index ticket_updated;
drop index ticket_kind;
create index ticket_kind on ticket (kind, active, updated_at, id, organisation);
drop index ticket_requester;
-- One person asks for few, so theirs are put in order after they are read.
create index ticket_requester on ticket (requester, active, id) where requester is not null;
drop index ticket_service;
create index ticket_service on ticket (service, active, updated_at) where service is not null;
