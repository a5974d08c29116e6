-- The books: vendors and their contracts, risks, improvements.

create table vendor (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  about text,
  kind text,
  owner bigint,
  website text,
  email text,
  phone text,
  account_number text,
  custom jsonb
);
create index vendor_updated on vendor (updated_at, id);
create index vendor_organisation on vendor (organisation, lower(coalesce(name, '')), id);
create index vendor_named on vendor (lower(coalesce(name, '')), id);
create index vendor_owner on vendor (owner);

create table contract (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  number text,
  vendor bigint,
  owner bigint,
  starts_on text,
  ends_on text,
  notice_months bigint,
  notice_days bigint,
  renewal text,
  renewal_months bigint,
  last_cancel_on text,
  value_per_year bigint,
  value_per_year_currency text,
  about text,
  custom jsonb
);
create index contract_updated on contract (updated_at, id);
create index contract_organisation on contract (organisation, lower(coalesce(name, '')), id);
create index contract_named on contract (lower(coalesce(name, '')), id);
create index contract_vendor on contract (vendor);
create index contract_owner on contract (owner);
create index contract_cancel on contract (last_cancel_on, id);

create table risk (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  summary text not null,
  likelihood bigint,
  impact bigint,
  score bigint,
  owner bigint,
  review_on text,
  treatment text,
  expected_loss bigint,
  expected_loss_currency text,
  accepted_by bigint,
  accepted_until text,
  accepted_because text,
  custom jsonb
);
create index risk_updated on risk (updated_at, id);
create index risk_organisation on risk (organisation);
create index risk_owner on risk (owner);
create index risk_score on risk (score, id);

create table improvement (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  summary text not null,
  about text,
  baseline double precision,
  target double precision,
  measured double precision,
  unit text,
  progress bigint,
  owner bigint,
  due_on text,
  outcome text,
  custom jsonb
);
create index improvement_updated on improvement (updated_at, id);
create index improvement_organisation on improvement (organisation);
create index improvement_owner on improvement (owner);
