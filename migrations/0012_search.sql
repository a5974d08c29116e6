-- Search knows of which register a document's record is, so that one match serves all of them.
alter table document ADD COLUMN register text not null default '';

-- Documents are looked for by their record where a record's internal one is wanted, and nowhere else.
drop index document_record;
create index document_part on document (record) where part = 1;
