-- Documents written before search knew their registers.
update document set register = 'incidents' where register = '' and record in (select id from ticket where kind = 'incident');
update document set register = 'requests' where register = '' and record in (select id from ticket where kind = 'request');
update document set register = 'people' where register = '' and record in (select id from person);
update document set register = 'teams' where register = '' and record in (select id from team);
update document set register = 'organisations' where register = '' and record in (select id from organisation);
update document set register = 'roles' where register = '' and record in (select id from role);
update document set register = 'calendars' where register = '' and record in (select id from calendar);
update document set register = 'relations' where register = '' and record in (select id from relation where edge = 'graph');
update document set register = 'windows' where register = '' and record in (select id from span);
update document set register = 'configuration-items' where register = '' and record in (select id from item);
update document set register = 'services' where register = '' and record in (select id from service);
update document set register = 'levels' where register = '' and record in (select id from level);
update document set register = 'targets' where register = '' and record in (select id from target);
update document set register = 'templates' where register = '' and record in (select id from template);
update document set register = 'risks' where register = '' and record in (select id from risk);
update document set register = 'contracts' where register = '' and record in (select id from contract);
update document set register = 'improvements' where register = '' and record in (select id from improvement);
update document set register = 'vendors' where register = '' and record in (select id from vendor);

-- Who opened or resolved what, and what was merged into what, is asked on pages of people and of tickets.
create index ticket_opened_by on ticket (opened_by, id) where opened_by is not null;
create index ticket_resolved_by on ticket (resolved_by, id) where resolved_by is not null;
create index ticket_merged on ticket (merged_into) where merged_into is not null;
