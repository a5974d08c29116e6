-- What the kernel keeps: the journal and its seals, edges, search, shares, and who may sign in.

--! sqlite
create table journal (
  seq bigint primary key,
--! postgres
create table journal (
  seq bigint generated always as identity primary key,
--! both
  act bigint not null,
  at bigint not null,
  recorded_at bigint not null,
  actor bigint,
  means text not null,
  through text not null,
  organisation bigint not null,
  register text not null,
  record bigint not null,
  verb text not null,
  content text,
  salt bytea not null,
  digest bytea not null,
  xact bigint not null
);
create index journal_record on journal (record, at, seq);
--! postgres
create index journal_order on journal (xact, seq);
--! both

create table seal (
  position bigint primary key,
  entry bigint not null unique,
  xact bigint not null,
  hash bytea not null,
  sealed_at bigint not null
);

create table redaction (
  entry bigint primary key,
  person bigint not null,
  at bigint not null,
  act bigint not null
);

create table reader (
  name text primary key,
  position bigint not null
);

-- One dated, typed edge table. `edge` tells links of `many` fields (`field`: no reference, no name) from relations of the
-- service graph (`graph`).
create table relation (
  id bigint primary key,
  reference text unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  edge text not null,
  name text,
  source_kind text not null,
  source bigint not null,
  field text,
  kind text,
  target_kind text not null,
  target bigint not null,
  valid_from bigint not null,
  valid_until bigint,
  origin text,
  last_seen bigint,
  certainty bigint,
  custom jsonb
);
create index relation_source on relation (source, field, kind);
create index relation_target on relation (target, field, kind);

create table document (
  id bigint primary key,
  record bigint not null,
  internal bigint not null,
  part bigint not null default 0
);
create index document_record on document (record);

--! sqlite
create virtual table words using fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3', detail='none');
--! postgres
create table words (
  id bigint primary key,
  words tsvector not null
);
create index words_words on words using gin (words);
--! both

-- A merged record's reference leads to the survivor for ever.
create table alias (
  reference text primary key,
  record bigint not null
);

create table share (
  id bigint primary key,
  record bigint not null,
  register text not null,
  person bigint,
  team bigint,
  created_at bigint not null
);
create index share_person on share (person);
create index share_team on share (team);
create index share_record on share (record);

create table role_grant (
  role text not null,
  register text not null,
  verb text not null,
  scopes text not null,
  primary key (role, register, verb)
);

create table custom_field (
  register text not null,
  key text not null,
  description text not null,
  created_at bigint not null,
  retired_at bigint,
  primary key (register, key)
);

-- Counts changes of people, roles, teams, sessions, grants, fields and settings: what is remembered of them in memory is
-- thrown away when it has moved on.
create table epoch (
  name text primary key,
  value bigint not null
);
insert into epoch (name, value) values ('who', 1), ('fields', 1), ('settings', 1);

create table account (
  person bigint primary key,
  email text not null unique,
  password text,
  failed bigint not null default 0,
  locked_until bigint,
  preferences text not null default '{}',
  created_at bigint not null
);

create table session (
  digest text primary key,
  person bigint not null,
  organisation bigint not null,
  csrf text not null,
  agent text not null,
  address text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  ended_at bigint
);
create index session_person on session (person);

create table api_token (
  id bigint primary key,
  digest text not null unique,
  person bigint not null,
  name text not null,
  scopes text not null,
  created_at bigint not null,
  expires_at bigint,
  used_at bigint,
  ended_at bigint
);
create index api_token_person on api_token (person);

create table one_time (
  digest text primary key,
  person bigint not null,
  purpose text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

create table idempotency (
  digest text primary key,
  request text not null,
  status bigint not null,
  answer text not null,
  location text not null,
  etag text not null default '',
  created_at bigint not null
);
create index idempotency_created on idempotency (created_at);

create table draft (
  person bigint not null,
  place text not null,
  content text not null,
  saved_at bigint not null,
  primary key (person, place)
);

create table saved_view (
  id bigint primary key,
  register text not null,
  name text not null,
  question text not null,
  person bigint not null,
  team bigint,
  organisation bigint not null,
  everyone bigint not null,
  position bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index saved_view_register on saved_view (register);

create table setting (
  key text primary key,
  value text not null,
  updated_at bigint not null,
  person bigint not null
);

create table job (
  id bigint primary key,
  queue text not null,
  kind text not null,
  input text not null,
  state text not null,
  run_at bigint not null,
  leased_until bigint,
  attempts bigint not null,
  most_attempts bigint not null,
  error text,
  result text,
  progress bigint not null default 0,
  total bigint not null default 0,
  person bigint,
  created_at bigint not null,
  ended_at bigint
);
create index job_next on job (queue, state, run_at);

create table file (
  id bigint primary key,
  digest text not null,
  name text not null,
  media text not null,
  size bigint not null,
  register text not null,
  record bigint not null,
  message bigint,
  internal bigint not null,
  person bigint not null,
  created_at bigint not null,
  removed_at bigint
);
create index file_record on file (record);
create index file_digest on file (digest);

-- What an import made of a foreign record, so that running it again compares instead of adding.
create table imported (
  source text not null,
  foreign_id text not null,
  register text not null,
  record bigint not null,
  digest text not null,
  imported_at bigint not null,
  primary key (source, register, foreign_id)
);

-- A file that somebody imports through the pages: how its columns are read, and what was rejected.
create table upload (
  id bigint primary key,
  person bigint not null,
  register text not null,
  name text not null,
  content bytea not null,
  mapping text,
  source text not null,
  job bigint,
  rejects bytea,
  created_at bigint not null
);
create index upload_person on upload (person, created_at);
