-- The fourth schema: which lead has read which lesson of a course before it is approved, and which scenarios are put aside.
--
-- Rules as in the first: what happened can be added to and never changed or taken away.


-- Lessons read by leads
--
-- A wording is all that a lead reads of a lesson, kept word for word, so that after a change it can be shown what changed.
-- A reading without a lesson is of what a course says of itself, which is read when it is approved.

create table wordings (
    sha256 text not null primary key check (length(sha256) = 64),
    text text not null check (text <> '')
) strict;

create trigger wordings_do_not_change before update on wordings
begin select raise(abort, 'kept words do not change'); end;

create trigger wordings_stay before delete on wordings
begin select raise(abort, 'kept words are kept'); end;

create table lesson_readings (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    lesson text not null,
    sha256 text not null references wordings (sha256),
    read_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (course, lesson, sha256, read_by)
) strict;

create trigger lesson_readings_do_not_change before update on lesson_readings
begin select raise(abort, 'what was read stays as it was'); end;

create trigger lesson_readings_stay before delete on lesson_readings
begin select raise(abort, 'what was read is kept'); end;


-- Scenarios put aside
--
-- A scenario in dispute is asked in no new attempt while the latest row about it, in these very words, says `aside`. So it
-- ends by itself when the words change. `course` and `lesson` are where a lead put it aside; it counts wherever it is asked.

create table scenarios_aside (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    lesson text not null check (lesson <> ''),
    scenario text not null check (scenario <> ''),
    sha256 text not null check (length(sha256) = 64),
    aside integer not null check (aside in (0, 1)),
    why text not null check (length(why) <= 2000) check (aside = 0 or why <> ''),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index scenarios_aside_by_words on scenarios_aside (scenario, sha256, id);

create trigger scenarios_aside_do_not_change before update on scenarios_aside
begin select raise(abort, 'what was put aside stays on record'); end;

create trigger scenarios_aside_stay before delete on scenarios_aside
begin select raise(abort, 'what was put aside stays on record'); end;
