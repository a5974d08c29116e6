-- The desk: tickets, what was said on them, and the time people spent.

create table ticket (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  kind text not null,
  summary text not null,
  description text,
  impact bigint,
  urgency bigint,
  priority bigint not null,
  priority_reason text,
  requester bigint,
  team bigint,
  assignee bigint,
  opened_by bigint,
  resolved_by bigint,
  service bigint,
  item bigint,
  category text,
  subcategory text,
  symptom text,
  channel text,
  location text,
  pending_reason text,
  parent bigint,
  duplicate_of bigint,
  merged_into bigint,
  external_reference text,
  problem_reference text,
  change_reference text,
  vendor_reference text,
  caused_by text,
  closure_code text,
  resolution text,
  knowledge_used bigint,
  notify text,
  active bigint not null,
  opened_at bigint not null,
  first_response_at bigint,
  answered_at bigint,
  resolved_at bigint,
  closed_at bigint,
  reassignment_count bigint,
  reopen_count bigint,
  update_count bigint,
  made_sla bigint,
  time_spent bigint,
  source_system text,
  custom jsonb
);
-- The organisation stands last, so that rows of others are passed over without being read; an index that began with it would be
-- taken for one that narrows, and where one organisation holds most of the tickets it does not.
create index ticket_updated on ticket (updated_at, id, organisation);
create index ticket_created on ticket (created_at, id);
create index ticket_opened on ticket (opened_at, id, organisation);
create index ticket_resolved on ticket (resolved_at, organisation, team, opened_at, made_sla, reassignment_count) where resolved_at is not null;
create index ticket_priority on ticket (priority, id);
create index ticket_kind on ticket (kind, updated_at, id, organisation);
create index ticket_state on ticket (state, updated_at, id);
create index ticket_active on ticket (active, updated_at, id, organisation);
create index ticket_active_priority on ticket (active, priority, id);
create index ticket_active_opened on ticket (active, opened_at, id);
create index ticket_team on ticket (team, active, updated_at, id);
create index ticket_assignee on ticket (assignee, active) where assignee is not null;
create index ticket_requester on ticket (requester, updated_at, id) where requester is not null;
create index ticket_service on ticket (service, updated_at) where service is not null;
create index ticket_item on ticket (item) where item is not null;
create index ticket_parent on ticket (parent) where parent is not null;
create index ticket_duplicate on ticket (duplicate_of) where duplicate_of is not null;
create index ticket_external on ticket (external_reference) where external_reference is not null;

-- What was said: in public, or among those who do the work.
create table message (
  id bigint primary key,
  ticket bigint not null,
  at bigint not null,
  author bigint,
  internal bigint not null,
  body text not null,
  means text not null,
  act bigint not null,
  removed_at bigint
);
create index message_ticket on message (ticket, at, id);

-- Time that people say they spent.
create table time_entry (
  id bigint primary key,
  ticket bigint not null,
  person bigint,
  at bigint not null,
  seconds bigint not null,
  note text,
  act bigint not null,
  removed_at bigint
);
create index time_entry_ticket on time_entry (ticket);
