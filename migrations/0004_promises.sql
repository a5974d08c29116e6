-- Promises: levels with their targets, and the clocks that measure them.

create table level (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  kind text,
  about text,
  service bigint,
  customer bigint,
  tickets text,
  calendar bigint,
  pauses_requester bigint,
  pauses_vendor bigint,
  pauses_other bigint,
  custom jsonb
);
create index level_updated on level (updated_at, id);
create index level_organisation on level (organisation);
create index level_named on level (lower(coalesce(name, '')), id);
create index level_service on level (service);

create table target (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  level bigint,
  measure text,
  priority bigint,
  within bigint,
  warn_at_percent bigint,
  custom jsonb
);
create index target_updated on target (updated_at, id);
create index target_organisation on target (organisation);
create index target_named on target (lower(coalesce(name, '')), id);
create index target_level on target (level);

-- One promise made on one ticket. The row is for speed: it must agree with the ledger computed from the journal.
create table clock (
  id bigint primary key,
  ticket bigint not null,
  organisation bigint not null,
  measure text not null,
  state text not null,
  level bigint not null,
  priority bigint not null,
  target_seconds bigint not null,
  warn_percent bigint not null,
  calendar_version bigint not null,
  pauses bigint not null,
  started_at bigint not null,
  since bigint not null,
  elapsed_ms bigint not null,
  due_at bigint,
  warn_at bigint,
  next_at bigint,
  warned_at bigint,
  met_at bigint,
  breached_at bigint,
  broken bigint not null
);
create index clock_ticket on clock (ticket, id);
create index clock_next on clock (next_at, id) where next_at is not null;
create index clock_due on clock (due_at, id) where state = 'running';

-- Terms of a clock that others replaced; they stay in its ledger.
create table clock_term (
  clock bigint not null,
  replaced_at bigint not null,
  level bigint not null,
  priority bigint not null,
  target_seconds bigint not null,
  warn_percent bigint not null,
  calendar_version bigint not null,
  reason text not null,
  primary key (clock, replaced_at)
);

insert into epoch (name, value) values ('promises', 1);
