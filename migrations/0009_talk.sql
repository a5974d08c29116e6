-- What waits before it leaves, who is named in what was said, and texts kept ready.

-- Ids of the people and teams that a message names, as `p12 t7`; empty: none.
ALTER TABLE message ADD COLUMN named text;

-- A reply that its author can still take back. It is nobody else's until it is sent.
create table held_message (
  id bigint primary key,
  ticket bigint not null,
  organisation bigint not null,
  author bigint not null,
  body text not null,
  cc text not null,
  next text not null,
  template bigint,
  created_at bigint not null,
  send_at bigint not null
);
create index held_message_author on held_message (author, ticket);
create index held_message_ticket on held_message (ticket);

-- Somebody was named in a message: what a notice is made of.
create table mention (
  id bigint primary key,
  ticket bigint not null,
  message bigint not null,
  person bigint not null,
  by_person bigint,
  internal bigint not null,
  at bigint not null,
  removed_at bigint
);
create index mention_person on mention (person, at);
create index mention_message on mention (message);

create table template (
  id bigint primary key,
  reference text not null unique,
  organisation bigint not null,
  state text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  retired_at bigint,
  name text not null,
  body text not null,
  audience text not null,
  person bigint,
  team bigint,
  internal bigint,
  next text,
  to_team bigint,
  to_person bigint,
  custom jsonb
);
create index template_updated on template (updated_at, id);
create index template_audience on template (audience, name);
