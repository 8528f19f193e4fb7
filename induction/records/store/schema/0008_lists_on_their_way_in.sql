-- The fourth schema: lists of people on their way in.
--
-- A list is kept while its lead looks at what it would do: for a day, and not a moment longer than it is brought in. What
-- stays of it until then are counts.

create table imports (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    file text not null check (length(file) <= 200),
    sheet text not null,
    columns text not null,
    mends text not null,
    done text check (done is null or (json_valid(done) and sheet = '' and columns = '' and mends = ''))
) strict;

create index imports_by_person on imports (person, id);
