-- The third schema: who somebody was and when, by whom it was changed, and what a lesson's record says of its reading.
--
-- Rules as in the first: what happened can be added to and never changed or taken away.


-- Who somebody was
--
-- Who somebody is, is the last entry of their history. An entry is written and makes the person so; nothing else can. A
-- way in is a link that was made, or a password that was chosen by one; no password comes without its entry. An entry
-- without `by` was made on the command line of the server.

alter table people add column added_by integer references people (id);

create table people_history (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    what text not null check (what in ('began', 'added', 'changed', 'put right')),
    email text not null,
    name text not null,
    role text not null,
    mentor integer references people (id),
    due text,
    course text,
    active integer not null
) strict;

create index people_history_by_person on people_history (person, id);
create unique index people_history_begins_once on people_history (person) where what in ('began', 'added');

insert into people_history (person, at, what, email, name, role, mentor, due, course, active)
select id, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), 'began', email, name, role, mentor, due, course, active from people;

create trigger people_begin_with_an_entry after insert on people begin
insert into people_history (person, at, "by", what, email, name, role, mentor, due, course, active)
values (new.id, new.created_at, new.added_by, 'added', new.email, new.name, new.role, new.mentor, new.due, new.course, new.active);
end;

create trigger an_entry_makes_people_so after insert on people_history when new.what in ('changed', 'put right') begin
update people set email = new.email, name = new.name, role = new.role, mentor = new.mentor, due = new.due, course = new.course,
    active = new.active where id = new.person;
end;

create trigger people_are_what_their_last_entry_says
before update of id, email, name, role, mentor, due, course, active on people
when (new.id, new.email, new.name, new.role, new.mentor, new.due, new.course, new.active) is not
    (select person, email, name, role, mentor, due, course, active from people_history where person = old.id order by id desc limit 1)
begin select raise(abort, 'who somebody is changes by an entry in their history'); end;

create trigger how_somebody_came_does_not_change before update of added_by, created_at on people
begin select raise(abort, 'how somebody came does not change'); end;

create trigger people_history_does_not_change before update on people_history
begin select raise(abort, 'the history of people does not change'); end;

create trigger people_history_stays before delete on people_history
begin select raise(abort, 'the history of people is kept'); end;


-- Mentors
--
-- Whoever is here has a mentor who is here and is one, or none.

insert into people_history (person, at, what, email, name, role, due, course, active)
select id, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), 'put right', email, name, role, due, course, active from people
where active = 1 and mentor in (select id from people where active = 0 or role = 'teacher');

create trigger who_comes_has_a_mentor_who_is_one before insert on people when new.active = 1 and new.mentor is not null
    and not exists (select 1 from people where id = new.mentor and active = 1 and role <> 'teacher')
begin select raise(abort, 'a mentor is here and is one'); end;

create trigger who_is_here_has_a_mentor_who_is_one before update of mentor, active on people
when new.active = 1 and new.mentor is not null
    and not exists (select 1 from people where id = new.mentor and active = 1 and role <> 'teacher')
begin select raise(abort, 'a mentor is here and is one'); end;

create trigger who_mentors_hands_over_first before update of role, active on people
when (new.active = 0 or new.role = 'teacher') and exists (select 1 from people where mentor = new.id and active = 1)
begin select raise(abort, 'somebody else mentors their teachers first'); end;


-- Ways in

create table ways_in (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    what text not null check (what in ('began', 'invitation', 'reset', 'chosen', 'changed', 'set', 'cleared')),
    through integer references ways_in (id) check (through is null or what = 'chosen'),
    device text not null default '' check (length(device) <= 200)
) strict;

create index ways_in_by_person on ways_in (person, id);

insert into ways_in (person, at, what)
select id, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), 'began' from people where password_hash is not null;

alter table people add column password_entry integer references ways_in (id);
alter table links add column made_at text check (made_at like '____-__-__T__:__:__.______Z');
alter table links add column made_by integer references people (id);

create trigger a_link_made_is_a_way_in after insert on links when new.person is not null begin
insert into ways_in (person, at, "by", what) values (new.person, new.made_at, new.made_by, new.kind);
end;

create trigger a_link_made_anew_is_a_way_in after update of token_sha256, person, kind on links when new.person is not null begin
insert into ways_in (person, at, "by", what) values (new.person, new.made_at, new.made_by, new.kind);
end;

create trigger a_password_comes_with_its_entry before update of password_hash, password_entry on people
when (new.password_hash, new.password_entry) is not (old.password_hash, old.password_entry) and not exists (
    select 1 from ways_in where id = new.password_entry and id > ifnull(old.password_entry, 0) and person = new.id
    and what in ('chosen', 'changed', 'set', 'cleared'))
begin select raise(abort, 'a password comes with an entry of how it came'); end;

create trigger nobody_comes_with_a_password before insert on people when new.password_hash is not null
begin select raise(abort, 'a password comes with an entry of how it came'); end;

create trigger ways_in_do_not_change before update on ways_in
begin select raise(abort, 'ways in do not change'); end;

create trigger ways_in_stay before delete on ways_in
begin select raise(abort, 'ways in are kept'); end;


-- Links that have ended
--
-- A link that no longer works is remembered by the digest of its token, so that whoever opens it can be told why.

create table ended_links (
    token_sha256 text primary key check (length(token_sha256) = 64),
    kind text not null check (kind in ('first-run', 'invitation', 'reset')),
    person integer references people (id),
    renewed integer not null check (renewed in (0, 1))
) strict, without rowid;

create trigger links_are_remembered_when_used after delete on links begin
insert or ignore into ended_links (token_sha256, kind, person, renewed) values (old.token_sha256, old.kind, old.person, 0);
end;

create trigger links_are_remembered_when_renewed after update of token_sha256 on links begin
insert or ignore into ended_links (token_sha256, kind, person, renewed) values (old.token_sha256, old.kind, old.person, 1);
end;


-- Learning: lessons opened, scenarios put off, and with whom something is shared
--
-- A lesson's page was opened, in these words, before something was sent from it; `lesson_opened` says so of a try and of a
-- lesson done: when, or `no`; null where that was not kept yet. The version's text is in `versions`, unless the words
-- changed while the page lay open.

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

-- A scenario is put off once in a try, and another is asked `instead`, so that as many are asked as were drawn.

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

-- The latest share says who reads: `reader`, or nobody. `attempts.shared_at` is of a time when a share named nobody.

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
