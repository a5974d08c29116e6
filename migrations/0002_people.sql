-- Who: organisations in a tree, people, their teams and roles; and the calendars they work by.

create table organisation (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  parent bigint,
  kind text,
  zone text,
  currency text,
  custom jsonb
);
create index organisation_updated on organisation (updated_at, id);
create index organisation_organisation on organisation (organisation, lower(coalesce(name, '')), id);
create index organisation_named on organisation (lower(coalesce(name, '')), id);
create index organisation_parent on organisation (parent);

create table person (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  email text,
  further_addresses text,
  phone text,
  job_title text,
  site text,
  zone text,
  language text,
  manager bigint,
  vip bigint,
  kind text,
  invited_at bigint,
  custom jsonb
);
create index person_updated on person (updated_at, id);
create index person_organisation on person (organisation, lower(coalesce(name, '')), id);
create index person_named on person (lower(coalesce(name, '')), id);
create unique index person_email on person (email);
create index person_name on person (name);
create index person_manager on person (manager);

create table team (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  lead bigint,
  tier bigint,
  email text,
  about text,
  custom jsonb
);
create index team_updated on team (updated_at, id);
create index team_organisation on team (organisation, lower(coalesce(name, '')), id);
create index team_named on team (lower(coalesce(name, '')), id);
create index team_name on team (name);

create table role (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  key text not null unique,
  name text not null,
  about text,
  custom jsonb
);
create index role_updated on role (updated_at, id);
create index role_organisation on role (organisation, lower(coalesce(name, '')), id);
create index role_named on role (lower(coalesce(name, '')), id);

create table calendar (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  zone text,
  hours text,
  holidays text,
  special_days text,
  version_number bigint,
  custom jsonb
);
create index calendar_updated on calendar (updated_at, id);
create index calendar_organisation on calendar (organisation, lower(coalesce(name, '')), id);
create index calendar_named on calendar (lower(coalesce(name, '')), id);

-- What a calendar said from when on; clocks keep the version they were promised under. Never changed or deleted.
create table calendar_version (
  id bigint primary key,
  calendar bigint not null,
  version bigint not null,
  spec jsonb not null,
  valid_from bigint not null,
  unique (calendar, version)
);
