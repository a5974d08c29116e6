-- What the morning and the figures of the desk rest on: the share that a level promises, and how long each ticket took.

alter table level ADD COLUMN promised_share bigint;

alter table ticket ADD COLUMN time_to_resolve bigint;
update ticket set time_to_resolve = (resolved_at - opened_at) / 1000 where resolved_at >= opened_at;

-- Everything that the figures read of resolved tickets, so that a year of them is read from the index alone.
drop index ticket_resolved;
create index ticket_resolved on ticket (resolved_at, organisation, team, opened_at, made_sla, reassignment_count, reopen_count, first_response_at, service)
  where resolved_at is not null;
-- Open tickets by service: few beside all of them.
create index ticket_open_service on ticket (service, kind, organisation) where active = 1 and service is not null;
-- Promises to resolve by level and month.
create index clock_resolution on clock (level, started_at, broken, state, organisation) where measure = 'resolution';
-- Breaches by time.
create index journal_breached on journal (at, record) where verb = 'clock-breached';
-- Invitations by time.
create index person_invited on person (invited_at) where invited_at is not null;
