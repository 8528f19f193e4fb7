-- The fourth schema: what leads have said of the backups, since a site can't know what lies on another machine.

create table backups_elsewhere (
    id integer primary key autoincrement,
    elsewhere integer not null check (elsewhere in (0, 1)),
    said_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create trigger backups_elsewhere_do_not_change before update on backups_elsewhere
begin select raise(abort, 'what was said of the backups does not change'); end;

create trigger backups_elsewhere_stay before delete on backups_elsewhere
begin select raise(abort, 'what was said of the backups is kept'); end;
