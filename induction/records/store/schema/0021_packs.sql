-- The twenty-first schema: inspection packs on their way.
--
-- A pack is made beside the site and lies in the data folder for a day, to be downloaded. What stands here is nobody's record:
-- it comes and goes. That a pack was downloaded is an act, and stays. One is made at a time, for whoever asked first.

create table packs (
    id integer primary key autoincrement,
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    day text not null check (day = date(day)),
    person integer references people (id),
    step integer not null default 0 check (step >= 0),
    made_at text check (made_at like '____-__-__T__:__:__.______Z'),
    file text unique check (length(file) between 20 and 100),
    bytes integer check (bytes > 0),
    sha256 text check (length(sha256) = 64),
    trouble text not null default '',
    check ((made_at is null) = (file is null) and (file is null) = (bytes is null) and (bytes is null) = (sha256 is null)),
    check (made_at is null or trouble = '')
) strict;

create unique index one_pack_at_a_time on packs ((1)) where made_at is null and trouble = '';
