-- From which form a draft was kept, so that a form never clashes with itself; and files that wait for a message.

ALTER TABLE draft ADD COLUMN sending text;

create index file_aside on file (created_at) where register = 'aside' and removed_at is null;
