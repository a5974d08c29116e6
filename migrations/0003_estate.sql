-- What: services and the items that carry them. Their graph is in the table `relation`.

create table service (
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
  team bigint,
  criticality bigint,
  value_per_hour bigint,
  value_per_hour_currency text,
  custom jsonb
);
create index service_updated on service (updated_at, id);
create index service_organisation on service (organisation, lower(coalesce(name, '')), id);
create index service_named on service (lower(coalesce(name, '')), id);
create index service_name on service (name);
create index service_team on service (team);
create index service_owner on service (owner);

create table item (
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
  service bigint,
  owner bigint,
  team bigint,
  serial text,
  environment text,
  site text,
  vendor_name text,
  installed_on text,
  last_seen bigint,
  custom jsonb
);
create index item_updated on item (updated_at, id);
create index item_organisation on item (organisation, lower(coalesce(name, '')), id);
create index item_named on item (lower(coalesce(name, '')), id);
create index item_name on item (name);
create index item_team on item (team);
create index item_owner on item (owner);
create index item_service on item (service);

-- The list of relations. Led by the time, not by `edge`, so that no plan reads the whole graph by it.
create index relation_updated on relation (updated_at, id, edge);

-- The walk over the graph from either end, answered from the index alone; the links of fields cost nothing here.
create index relation_up on relation (target, source, source_kind, kind, valid_from, valid_until, retired_at, edge, organisation)
  where edge = 'graph';
create index relation_down on relation (source, target, target_kind, kind, valid_from, valid_until, retired_at, edge, organisation)
  where edge = 'graph';
