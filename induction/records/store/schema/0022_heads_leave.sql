-- The twenty-second schema: the head of the chain leaves the building. The two people to whom it is written each week: the latest
-- row of a place says who has it, null nobody.

create table evidence_witnesses (
    id integer primary key autoincrement,
    place integer not null check (place in (1, 2)),
    person integer references people (id),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index evidence_witnesses_by_place on evidence_witnesses (place, id);

create trigger evidence_witnesses_do_not_change before update on evidence_witnesses
begin select raise(abort, 'who was given the head stays on record'); end;

create trigger evidence_witnesses_stay before delete on evidence_witnesses
begin select raise(abort, 'who was given the head stays on record'); end;
