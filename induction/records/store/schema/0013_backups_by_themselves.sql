-- The backups that the site makes by itself: each try, each copy to the second folder, and each drill, with why it failed.
--
-- A restore loses nothing with them: they tell of files beside the database.

create table backup_runs (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    file text not null check (length(file) <= 100),
    bytes integer not null check (bytes >= 0),
    sha256 text not null check (file = '' or length(sha256) = 64),
    words text not null check ((words = '') = (file <> ''))
) strict;

create trigger backup_runs_do_not_change before update on backup_runs
begin select raise(abort, 'what became of a backup does not change'); end;

create trigger backup_runs_stay before delete on backup_runs
begin select raise(abort, 'what became of a backup is kept'); end;

-- `folder` is empty from when no second folder is asked for any more; `words` say why a copy failed.
create table backup_copies (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    folder text not null check (length(folder) <= 4096),
    file text not null check (length(file) <= 100),
    words text not null
) strict;

create trigger backup_copies_do_not_change before update on backup_copies
begin select raise(abort, 'what became of a copy does not change'); end;

create trigger backup_copies_stay before delete on backup_copies
begin select raise(abort, 'what became of a copy is kept'); end;

create table drills (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    file text not null check (length(file) <= 4096),
    ok integer not null check (ok in (0, 1)),
    words text not null check (words <> '')
) strict;

create trigger drills_do_not_change before update on drills
begin select raise(abort, 'what a drill found does not change'); end;

create trigger drills_stay before delete on drills
begin select raise(abort, 'what a drill found is kept'); end;
