-- The eleventh schema: groups of staff, the courses that are given to them, and courses that come round.
--
-- Rules as in the first: what happened can be added to and never changed or taken away.


-- Groups of staff
--
-- A group is called what its latest name says, and is closed while that says so. Somebody belongs to it, and a course is
-- given to it, while the latest row of both says so. `by` is nobody on the command line of the server.

create table staff_groups (
    id integer primary key autoincrement,
    created_at text not null check (created_at like '____-__-__T__:__:__.______Z')
) strict;

create trigger staff_groups_do_not_change before update on staff_groups
begin select raise(abort, 'groups of staff stay on record'); end;

create trigger staff_groups_stay before delete on staff_groups
begin select raise(abort, 'groups of staff stay on record'); end;

create table staff_group_names (
    id integer primary key autoincrement,
    staff_group integer not null references staff_groups (id),
    name text not null check (length(name) between 1 and 60),
    closed integer not null check (closed in (0, 1)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index staff_group_names_by_group on staff_group_names (staff_group, id);

create trigger staff_group_names_do_not_change before update on staff_group_names
begin select raise(abort, 'what a group was called stays on record'); end;

create trigger staff_group_names_stay before delete on staff_group_names
begin select raise(abort, 'what a group was called stays on record'); end;

create table staff_group_members (
    id integer primary key autoincrement,
    staff_group integer not null references staff_groups (id),
    person integer not null references people (id),
    member integer not null check (member in (0, 1)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index staff_group_members_by_person on staff_group_members (person, staff_group, id);
create index staff_group_members_by_group on staff_group_members (staff_group, person, id);

create trigger staff_group_members_do_not_change before update on staff_group_members
begin select raise(abort, 'who belonged to a group stays on record'); end;

create trigger staff_group_members_stay before delete on staff_group_members
begin select raise(abort, 'who belonged to a group stays on record'); end;

create table course_groups (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    staff_group integer not null references staff_groups (id),
    given integer not null check (given in (0, 1)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index course_groups_by_course on course_groups (course, staff_group, id);

create trigger course_groups_do_not_change before update on course_groups
begin select raise(abort, 'to whom a course was given stays on record'); end;

create trigger course_groups_stay before delete on course_groups
begin select raise(abort, 'to whom a course was given stays on record'); end;


-- Courses that come round
--
-- The latest row of a course says when it comes round: every year on a day (`every`, as month and day), or so many months
-- after it was completed; neither: not at all. Who joined or completed it after the last `joined_by` before a round is not
-- asked in that round. `weeks`: how long there is for a round. It counts from the day `since`, in the school's time.

create table course_cycles (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    every text check (every is strftime('%m-%d', '2024-' || every)),
    months integer check (months between 1 and 60) check (months is null or every is null),
    joined_by text check (joined_by is strftime('%m-%d', '2024-' || joined_by)) check (joined_by is null or every is not null),
    weeks integer not null check (weeks between 1 and 52),
    since text not null check (since is date(since)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index course_cycles_by_course on course_cycles (course, id);

create trigger course_cycles_do_not_change before update on course_cycles
begin select raise(abort, 'the cycle of a course stays on record'); end;

create trigger course_cycles_stay before delete on course_cycles
begin select raise(abort, 'the cycle of a course stays on record'); end;


-- Completions in each round
--
-- `round` is the day on which the round began that a completion is of; empty: the first time. The same words may be done in
-- several rounds, so the key is a longer one, which SQLite can only give to a table that is made anew.

create table completions_before as select * from completions;

drop table completions;

create table completions (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    lesson text not null,
    attempt integer references attempts (id) check (attempt is null or lesson <> ''),
    version text not null references versions (sha256),
    percent integer check (percent between 0 and 100),
    pass_mark integer check (pass_mark between 0 and 100),
    attempts integer not null check (attempts >= 0),
    policy_version integer not null check (policy_version >= 0),
    completed_at text not null check (completed_at like '____-__-__T__:__:__.______Z'),
    lesson_opened text check (lesson_opened = 'no' or lesson_opened like '____-__-__T__:__:__.______Z')
        check (lesson_opened is null or lesson <> ''),
    round text not null default '' check (round = '' or round is date(round)),
    unique (person, course, lesson, version, round)
) strict;

insert into completions (id, person, course, lesson, attempt, version, percent, pass_mark, attempts, policy_version,
    completed_at, lesson_opened)
select id, person, course, lesson, attempt, version, percent, pass_mark, attempts, policy_version, completed_at,
    lesson_opened from completions_before order by id;

drop table completions_before;

create index completions_by_lesson on completions (course, lesson, person);

create trigger completions_do_not_change before update on completions
begin select raise(abort, 'completions do not change'); end;

create trigger completions_stay before delete on completions
begin select raise(abort, 'completions are kept'); end;
