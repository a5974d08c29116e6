-- What happened to what somebody works on, follows or is named in; and what they did lately, with the way to take it back.

create table notice (
  id bigint primary key,
  person bigint not null,
  kind text not null,
  words text not null,
  register text not null,
  record bigint not null,
  entry bigint not null,
  actor bigint,
  internal bigint not null,
  at bigint not null,
  read_at bigint
);
create index notice_person on notice (person, read_at, register);
create index notice_latest on notice (person, id);
create index notice_record on notice (record, person);
create unique index notice_once on notice (entry, person);

create table recent (
  id bigint primary key,
  person bigint not null,
  words text not null,
  undo text not null,
  at bigint not null
);
create index recent_person on recent (person, id);

-- Who is told begins with what happens from now on.
insert into reader (name, position) select 'notices', coalesce(max(position), 0) from seal;

-- The role whose grants a new one began with.
ALTER TABLE role ADD COLUMN begins_like text;
