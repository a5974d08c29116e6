-- What the figures of the desk count back by: tickets that ended without having been resolved.

create index ticket_called_off on ticket (closed_at, organisation) where resolved_at is null and closed_at is not null;
