"""The third schema: who somebody was and when, by whom it was changed, and what a lesson's record says of its reading.

Rules as in the first: what happened can be added to and never changed or taken away.
"""

PEOPLE = """
"""

# A lesson's page was opened, in these words, before something was sent from it; `lesson_opened` says so of a try and of a
# lesson done: when, or `no`; null where that was not kept yet. The version's text is in `versions`, unless the words
# changed while the page lay open.
# A scenario is put off once in a try, and another is asked `instead`, so that as many are asked as were drawn.
# The latest share says who reads: `reader`, or nobody. `attempts.shared_at` is of a time when a share named nobody.
LEARNING = """
create table lessons_opened (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    lesson text not null check (lesson <> ''),
    version text not null check (length(version) = 64),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, course, lesson, version)
) strict;

create trigger lessons_opened_do_not_change before update on lessons_opened
begin select raise(abort, 'what was opened stays as it was'); end;

create trigger lessons_opened_stay before delete on lessons_opened
begin select raise(abort, 'what was opened is kept'); end;

alter table attempts add column lesson_opened text
    check (lesson_opened = 'no' or lesson_opened like '____-__-__T__:__:__.______Z');
alter table completions add column lesson_opened text
    check (lesson_opened = 'no' or lesson_opened like '____-__-__T__:__:__.______Z') check (lesson_opened is null or lesson <> '');

create trigger attempts_began_after_what_was_opened before update of lesson_opened on attempts
begin select raise(abort, 'how an attempt began does not change'); end;

create table put_off (
    id integer primary key autoincrement,
    attempt integer not null references attempts (id),
    scenario text not null check (scenario <> ''),
    instead text not null check (instead <> '' and instead <> scenario),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (attempt, scenario)
) strict;

create trigger nothing_is_put_off_at_the_end before insert on put_off
when (select finished_at from attempts where id = new.attempt) is not null
    and not exists (select 1 from put_off where attempt = new.attempt and scenario = new.scenario)
begin select raise(abort, 'in a finished attempt nothing is put off'); end;

create trigger put_off_does_not_change before update on put_off
begin select raise(abort, 'what was put off does not change'); end;

create trigger put_off_stays before delete on put_off
begin select raise(abort, 'what was put off is kept'); end;

create trigger attempts_ask_as_many_as_they_drew before update of drawn on attempts
when (select count(distinct value) from json_each(new.drawn)) <> json_array_length(old.drawn)
    or json_array_length(new.drawn) <> json_array_length(old.drawn)
begin select raise(abort, 'an attempt asks as many scenarios as it drew'); end;

create trigger attempts_keep_what_was_answered before update of drawn on attempts
when exists (select 1 from answers where attempt = old.id and scenario not in (select value from json_each(new.drawn)))
begin select raise(abort, 'what was answered is part of its attempt'); end;

create table attempt_shares (
    id integer primary key autoincrement,
    attempt integer not null references attempts (id),
    reader integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index attempt_shares_by_attempt on attempt_shares (attempt, id);

create trigger finished_attempts_are_shared_with_others before insert on attempt_shares
when exists (select 1 from attempts where id = new.attempt and (finished_at is null or person = new.reader))
begin select raise(abort, 'a finished attempt is shared, and with somebody else'); end;

create trigger attempt_shares_do_not_change before update on attempt_shares
begin select raise(abort, 'what was shared does not change'); end;

create trigger attempt_shares_stay before delete on attempt_shares
begin select raise(abort, 'what was shared is kept'); end;

create table confidence_shares (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    reader integer references people (id) check (reader <> person),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index confidence_shares_by_person on confidence_shares (person, course, id);

create trigger confidence_shares_do_not_change before update on confidence_shares
begin select raise(abort, 'what was shared does not change'); end;

create trigger confidence_shares_stay before delete on confidence_shares
begin select raise(abort, 'what was shared is kept'); end;

insert into attempt_shares (attempt, reader, at)
select a.id, p.mentor, a.shared_at from attempts a join people p on p.id = a.person
where a.shared_at is not null order by a.shared_at, a.id;

insert into confidence_shares (person, course, reader, at)
select s.person, s.course, p.mentor, s.at from confidence_shared s join people p on p.id = s.person order by s.at, s.person, s.course;

drop table confidence_shared;

create trigger attempts_were_shared_without_a_name before update of shared_at on attempts
begin select raise(abort, 'a share names its reader'); end;

create trigger conversations_do_not_change before update on conversations
begin select raise(abort, 'conversations do not change'); end;

create trigger conversations_stay before delete on conversations
begin select raise(abort, 'conversations are kept'); end;

create trigger confidence_stays before delete on confidence
begin select raise(abort, 'answers on confidence are kept'); end;

create trigger accounts_do_not_change before update on accounts
begin select raise(abort, 'accounts stay on record'); end;

create trigger accounts_stay before delete on accounts
begin select raise(abort, 'accounts stay on record'); end;

create trigger the_school_is_the_school before update of id, key on school
begin select raise(abort, 'a school stays the same one'); end;

create trigger the_school_stays before delete on school
begin select raise(abort, 'the school stays'); end;
"""
