-- What waited and could not be sent stays where its author sees it.

-- Why a reply is not sent, in words for its author; empty: it waits to be.
ALTER TABLE held_message ADD COLUMN stopped text;
