-- The nineteenth schema: sign-offs, and corrections of what is on record.
--
-- Rules as in the first: what happened can be added to and never changed or taken away. What was wrong is put right by a
-- further entry that says why, and stays readable.


-- Completions and acknowledgements of what counts no more
--
-- The same words may be done once more where the time before does not count. `after` is the correction that said so; empty:
-- the first time. So the key is a longer one, which SQLite can only give to a table that is made anew. Numbers go on where
-- they were: those of rows that went with their person are not used again.

pragma defer_foreign_keys = on;

create table numbers_before as select name, seq from sqlite_sequence where name in ('completions', 'acknowledgements');
create table completions_before as select * from completions;
create table acknowledgements_before as select * from acknowledgements;

drop table completions;
drop table acknowledgements;

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
    after integer references corrections (id) deferrable initially deferred
) strict;

create table acknowledgements (
    id integer primary key autoincrement,
    person integer not null references people (id),
    version integer not null references policy_versions (version),
    sha256 text not null check (length(sha256) = 64),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    recorded_by integer references people (id) check (recorded_by <> person),
    signed_on text check (signed_on = date(signed_on)) check ((signed_on is null) = (recorded_by is null)),
    after integer references corrections (id) deferrable initially deferred
) strict;

-- A sign-off: a mentor, whoever stands in for one, or a lead says that they have talked through what somebody has completed.

create table sign_offs (
    id integer primary key autoincrement,
    completion integer not null references completions (id),
    by integer not null references people (id),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    after integer references corrections (id) deferrable initially deferred
) strict;

-- A correction of an entry of somebody's: it does not count (0), it counts after all (1), or, without either, a note beside it.
-- `follows` is the correction of another entry that this one follows from: a course that rests on a lesson that does not count.

create table corrections (
    id integer primary key autoincrement,
    person integer not null references people (id),
    completion integer references completions (id),
    acknowledgement integer references acknowledgements (id),
    sign_off integer references sign_offs (id),
    counts integer check (counts in (0, 1)),
    why text not null check (length(why) between 1 and 1000),
    rightly text not null check (length(rightly) <= 1000),
    follows integer references corrections (id) deferrable initially deferred,
    by integer not null references people (id) check ("by" <> person),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    check ((completion is not null) + (acknowledgement is not null) + (sign_off is not null) = 1),
    check (counts is not null or (rightly <> '' and follows is null))
) strict;

insert into completions (id, person, course, lesson, attempt, version, percent, pass_mark, attempts, policy_version,
    completed_at, lesson_opened, round)
select id, person, course, lesson, attempt, version, percent, pass_mark, attempts, policy_version, completed_at,
    lesson_opened, round from completions_before order by id;

insert into acknowledgements (id, person, version, sha256, typed_name, at, recorded_by, signed_on)
select id, person, version, sha256, typed_name, at, recorded_by, signed_on from acknowledgements_before order by id;

delete from sqlite_sequence where name in ('completions', 'acknowledgements');
insert into sqlite_sequence (name, seq) select name, seq from numbers_before;

drop table numbers_before;
drop table completions_before;
drop table acknowledgements_before;


-- Completions and acknowledgements are kept as they were

create unique index completions_are_made_once on completions (person, course, lesson, version, round, ifnull(after, 0));
create index completions_by_lesson on completions (course, lesson, person);

create trigger completions_do_not_change before update on completions
begin select raise(abort, 'completions do not change'); end;

create trigger completions_stay before delete on completions
when not exists (select 1 from erasing where person = old.person and old.lesson <> '')
begin select raise(abort, 'completions are kept'); end;

create trigger completions_that_go_are_counted after delete on completions
begin update open_removal set taken = taken + 1; end;

create trigger completions_come_when_nothing_goes before insert on completions when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger completions_are_evidence after insert on completions begin
insert into evidence_due (kind, row) values ('completion', new.id);
end;

create unique index acknowledgements_are_given_once on acknowledgements (person, version, ifnull(after, 0));
create index acknowledgements_by_version on acknowledgements (version, person);
create index acknowledgements_recorded_by_moment on acknowledgements (at) where recorded_by is not null;

create trigger acknowledged_words_are_the_versions before insert on acknowledgements
when new.sha256 is not (select sha256 from policy_versions where version = new.version)
begin select raise(abort, 'an acknowledgement is of the words of its version'); end;

create trigger acknowledgements_do_not_change before update on acknowledgements
begin select raise(abort, 'acknowledgements do not change'); end;

create trigger acknowledgements_stay before delete on acknowledgements
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'acknowledgements are kept'); end;

create trigger acknowledgements_that_go_are_counted after delete on acknowledgements
begin update open_removal set taken = taken + 1; end;

create trigger acknowledgements_come_when_nothing_goes before insert on acknowledgements when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger acknowledgements_are_evidence after insert on acknowledgements begin
insert into evidence_due (kind, row) values ('acknowledgement', new.id);
end;


-- Sign-offs

create unique index sign_offs_are_given_once on sign_offs (completion, "by", ifnull(after, 0));
create index sign_offs_by_signer on sign_offs ("by", id);

create trigger somebody_else_signs_off before insert on sign_offs
when not exists (select 1 from completions where id = new.completion and lesson = '' and person <> new."by")
begin select raise(abort, 'somebody else signs off a whole course'); end;

create trigger sign_offs_do_not_change before update on sign_offs
when (new.id, new.completion, new."by", new.at, new.after) is not (old.id, old.completion, old."by", old.at, old.after)
    or new.typed_name is not 'Erased person ' || old."by" or not exists (select 1 from erasing where person = old."by")
begin select raise(abort, 'sign-offs do not change'); end;

create trigger sign_offs_stay before delete on sign_offs
when not exists (select 1 from erasing where person = (select person from completions where id = old.completion))
begin select raise(abort, 'sign-offs are kept'); end;

create trigger sign_offs_that_go_are_counted after delete on sign_offs
begin update open_removal set taken = taken + 1; end;

create trigger sign_offs_that_change_are_counted after update on sign_offs
begin update open_removal set taken = taken + 1; end;

create trigger sign_offs_come_when_nothing_goes before insert on sign_offs when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger sign_offs_are_evidence after insert on sign_offs begin
insert into evidence_due (kind, row) values ('sign-off', new.id);
end;


-- Corrections

create index corrections_by_person on corrections (person, id);
create index corrections_by_completion on corrections (completion, id) where completion is not null;
create index corrections_by_acknowledgement on corrections (acknowledgement, id) where acknowledgement is not null;
create index corrections_by_sign_off on corrections (sign_off, id) where sign_off is not null;
create index corrections_by_moment on corrections (at);

create trigger a_correction_is_of_whose_entry_it_is before insert on corrections
when new.person is not coalesce(
    (select person from completions where id = new.completion), (select person from acknowledgements where id = new.acknowledgement),
    (select c.person from sign_offs s join completions c on c.id = s.completion where s.id = new.sign_off))
begin select raise(abort, 'a correction is of an entry of that person'); end;

create trigger a_correction_turns_an_entry_round before insert on corrections
when new.counts is ifnull((select counts from corrections where counts is not null
    and (completion, acknowledgement, sign_off) is (new.completion, new.acknowledgement, new.sign_off) order by id desc limit 1), 1)
begin select raise(abort, 'the entry stands so already'); end;

create trigger corrections_do_not_change before update on corrections
when (new.id, new.person, new.completion, new.acknowledgement, new.sign_off, new.counts, new."by", new.at) is not
        (old.id, old.person, old.completion, old.acknowledgement, old.sign_off, old.counts, old."by", old.at)
    or (new.why, new.rightly, new.follows) is not ('Erased person ' || old.person, iif(old.counts is null, '–', ''), null)
    or not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'corrections do not change'); end;

-- With their person go the corrections of what goes too. Of a course as a whole, which stays, they stay without their words.

create trigger corrections_stay before delete on corrections
when not exists (select 1 from erasing where person = old.person)
    or exists (select 1 from completions where id = old.completion and lesson = '')
begin select raise(abort, 'corrections are kept'); end;

create trigger corrections_that_go_are_counted after delete on corrections
begin update open_removal set taken = taken + 1; end;

create trigger corrections_that_change_are_counted after update on corrections
begin update open_removal set taken = taken + 1; end;

create trigger corrections_come_when_nothing_goes before insert on corrections when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger corrections_are_evidence after insert on corrections begin
insert into evidence_due (kind, row) values ('correction', new.id);
end;


-- What counts at present: whoever asks how far somebody is asks these.

create view completions_that_count as select * from completions where id not in (select k.completion from corrections k
    where k.completion is not null and k.counts = 0 and not exists (select 1 from corrections l
        where l.completion = k.completion and l.counts is not null and l.id > k.id));
create view acknowledgements_that_count as select * from acknowledgements where id not in (select k.acknowledgement from corrections k
    where k.acknowledgement is not null and k.counts = 0 and not exists (select 1 from corrections l
        where l.acknowledgement = k.acknowledgement and l.counts is not null and l.id > k.id));
create view sign_offs_that_count as select s.* from sign_offs s join completions_that_count c on c.id = s.completion
    where s.id not in (select k.sign_off from corrections k
    where k.sign_off is not null and k.counts = 0 and not exists (select 1 from corrections l
        where l.sign_off = k.sign_off and l.counts is not null and l.id > k.id));
