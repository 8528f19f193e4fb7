-- The twelfth schema: from when until when somebody is here, who follows a mentor who leaves, and what was done elsewhere.
--
-- Rules as in the first: what happened can be added to and never changed or taken away.


-- The days on which somebody is here
--
-- `starts` is the first day and `ends` the last one, in the school's time; empty where there is none. They are a part of who
-- somebody is, and kept in their history like the rest. An entry is `by_itself` where nobody made it: a day had come.

alter table people add column starts text check (starts is date(starts));
alter table people add column ends text check (ends is date(ends) and (ends is null or starts is null or starts <= ends));
alter table people_history add column starts text;
alter table people_history add column ends text;
alter table people_history add column by_itself integer not null default 0 check (by_itself in (0, 1) and (by_itself = 0 or "by" is null));

create index people_by_start on people (starts) where starts is not null;
create index people_by_end on people (ends) where ends is not null;

drop trigger people_begin_with_an_entry;
drop trigger an_entry_makes_people_so;
drop trigger people_are_what_their_last_entry_says;

create trigger people_begin_with_an_entry after insert on people begin
insert into people_history (person, at, "by", what, email, name, role, mentor, due, course, active, starts, ends)
values (new.id, new.created_at, new.added_by, 'added', new.email, new.name, new.role, new.mentor, new.due, new.course, new.active,
    new.starts, new.ends);
end;

create trigger an_entry_makes_people_so after insert on people_history when new.what in ('changed', 'put right') begin
update people set email = new.email, name = new.name, role = new.role, mentor = new.mentor, due = new.due, course = new.course,
    active = new.active, starts = new.starts, ends = new.ends where id = new.person;
end;

create trigger people_are_what_their_last_entry_says
before update of id, email, name, role, mentor, due, course, active, starts, ends on people
when (new.id, new.email, new.name, new.role, new.mentor, new.due, new.course, new.active, new.starts, new.ends) is not
    (select person, email, name, role, mentor, due, course, active, starts, ends from people_history where person = old.id
    order by id desc limit 1)
begin select raise(abort, 'who somebody is changes by an entry in their history'); end;


-- Who follows a mentor who leaves
--
-- The latest row of a mentor says who mentors their teachers once the mentor's last day is past, or that nobody does at first.
-- `stood` is the latest entry of anybody's history when it was said: once the mentor has left, it is done with.

create table handovers (
    id integer primary key autoincrement,
    mentor integer not null references people (id),
    follower integer references people (id) check (follower <> mentor),
    stood integer not null references people_history (id),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index handovers_by_mentor on handovers (mentor, id);

create trigger handovers_do_not_change before update on handovers
begin select raise(abort, 'what was said of who follows does not change'); end;

create trigger handovers_stay before delete on handovers
begin select raise(abort, 'what was said of who follows is kept'); end;


-- What was done elsewhere
--
-- A certificate of another provider, which counts for a course while it is valid. Its file lies in the folder `documents`
-- under its SHA-256. What was recorded by mistake is taken back by a further entry, which says why.

create table done_elsewhere (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    provider text not null check (length(provider) between 1 and 200),
    title text not null check (length(title) between 1 and 200),
    done_on text not null check (done_on is date(done_on)),
    expires_on text check (expires_on is date(expires_on) and (expires_on is null or expires_on >= done_on)),
    document text not null check (length(document) = 64),
    kind text not null check (kind in ('pdf', 'png', 'jpeg')),
    file text not null check (length(file) between 1 and 200),
    bytes integer not null check (bytes between 1 and 5242880),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index done_elsewhere_by_person on done_elsewhere (person, id);

create trigger done_elsewhere_does_not_change before update on done_elsewhere
begin select raise(abort, 'what was done elsewhere does not change'); end;

create trigger done_elsewhere_stays before delete on done_elsewhere
begin select raise(abort, 'what was done elsewhere is kept'); end;

create table done_elsewhere_taken_back (
    id integer primary key autoincrement,
    entry integer not null unique references done_elsewhere (id),
    why text not null check (length(why) between 1 and 1000),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create trigger done_elsewhere_is_taken_back_once before update on done_elsewhere_taken_back
begin select raise(abort, 'what was taken back does not change'); end;

create trigger done_elsewhere_stays_taken_back before delete on done_elsewhere_taken_back
begin select raise(abort, 'what was taken back is kept'); end;
