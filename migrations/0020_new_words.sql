-- New words wait in a list of the index until they are put in order. Every search reads that list from end to end, once for each word it
-- asks for, and whoever fills it puts it in order: a list of a megabyte costs searches little and writes hardly anything.
--! postgres
alter index words_words set (gin_pending_list_limit = 1024);
--! both
