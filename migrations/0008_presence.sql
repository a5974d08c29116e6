-- Who is on the pages of each node, written and read where several nodes share a database.
create table presence (
  node text primary key,
  people text not null,
  at bigint not null
);
