-- Windows: spans of time in which something is meant not to change, not to alert or not to count.

create table span (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  freezes_changes bigint,
  suppresses_alerts bigint,
  excludes_clocks bigint,
  announced bigint,
  reason text,
  custom jsonb
);
create index span_time on span (starts_at, id);
create index span_updated on span (updated_at, id);
create index span_organisation on span (organisation, id);
