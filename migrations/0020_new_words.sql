-- New words wait in a list of the index until they are put in order. Every search reads that list from end to end, once for each word it
-- asks for, and whoever fills it puts it in order: a short one costs searches little, and no write waits long.
--! postgres
alter index words_words set (gin_pending_list_limit = 128);
--! both
