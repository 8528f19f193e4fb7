-- The fifteenth schema: what goes, and how. A school keeps each kind of record for a time that it has agreed to, and erases a
-- person on request or when the time for those who left is over.
--
-- What happened is kept by triggers that refuse to let it go. A removal opens them for its own kind, person and time, and
-- for no more rows than it counts:
--
--   insert into removals …       says who removes what of whom, until when, how many rows and why, and opens
--   delete …, update …           each is looked at by its trigger, and counted
--   delete from open_removal     refused unless as many went as were counted
--
-- `open_removal` is never committed: `closed` refers to a removal that can't be, which SQLite asks at the commit. While a
-- removal is open nothing is added to what it may take, so that REPLACE changes nothing.


-- How long each kind is kept, in months. Without an entry nothing goes: a lead has to say yes first.

create table retention_periods (
    id integer primary key autoincrement,
    kind text not null check (kind in ('answers', 'notes', 'confidence', 'themes', 'letters', 'browsers', 'left')),
    months integer not null check (months between 1 and 1200),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index retention_periods_by_kind on retention_periods (kind, id);

create trigger retention_periods_do_not_change before update on retention_periods
begin select raise(abort, 'how long something is kept stays on record'); end;

create trigger retention_periods_stay before delete on retention_periods
begin select raise(abort, 'how long something is kept stays on record'); end;


-- Removals

create table removals (
    id integer primary key autoincrement check (id > 0),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    kind text not null check (kind in ('answers', 'notes', 'confidence', 'themes', 'letters', 'browsers', 'left', 'erased')),
    person integer references people (id) check (person is not null or kind in ('letters', 'browsers')),
    by integer references people (id),
    until_at text not null check (until_at like '____-__-__T__:__:__.______Z') check (until_at <= at),
    count integer not null check (count > 0),
    why text not null check (length(why) between 1 and 500)
) strict;

create index removals_by_person on removals (person, id) where person is not null;

create table open_removal (
    id integer primary key default 1 check (id = 1),
    removal integer not null references removals (id) deferrable initially deferred,
    taken integer not null default 0 check (taken >= 0),
    closed integer not null default 0 check (closed = 0) references removals (id) deferrable initially deferred
) strict;

create trigger a_removal_opens_what_it_takes before insert on removals begin
select raise(abort, 'removals are counted on') where new.id is not (select ifnull(max(id), 0) + 1 from removals);
select raise(abort, 'one removal after the other') where exists (select 1 from open_removal);
insert into open_removal (removal) values (new.id);
end;

create trigger a_removal_is_agreed_to before insert on removals
when new.kind <> 'erased' and substr(new.until_at, 1, 10) is not min(substr(new.until_at, 1, 10), (select date(new.at, '-' || months || ' months',
    '+1 day') from retention_periods where kind = new.kind and at < new.at order by id desc limit 1))
begin select raise(abort, 'nothing goes before its time, which a lead has agreed to'); end;

create trigger whoever_is_here_is_not_erased before insert on removals when new.kind in ('left', 'erased')
    and not exists (select 1 from people where id = new.person and active = 0 and erased_at is null)
begin select raise(abort, 'whoever is erased has left, and is erased once'); end;

create trigger removals_do_not_change before update on removals
begin select raise(abort, 'removals stay on record'); end;

create trigger removals_stay before delete on removals
begin select raise(abort, 'removals stay on record'); end;

create trigger a_removal_opens_once before insert on open_removal
when new.taken <> 0 or exists (select 1 from removals where id >= new.removal)
begin select raise(abort, 'a removal opens once'); end;

create trigger a_removal_counts_on before update on open_removal
when (new.id, new.removal, new.taken, new.closed) is not (old.id, old.removal, old.taken + 1, old.closed)
begin select raise(abort, 'a removal counts each row'); end;

create trigger a_removal_takes_what_it_says before delete on open_removal
when old.taken is not (select count from removals where id = old.removal)
    or exists (select 1 from removals r join people p on p.id = r.person and p.erased_at is null
        where r.id = old.removal and r.kind in ('left', 'erased'))
begin select raise(abort, 'a removal takes what it says'); end;

create view removing as select r.* from open_removal o join removals r on r.id = o.removal;
create view erasing as select * from removing where kind in ('left', 'erased');


-- Since when answers are counted: from the completion that a try led to; a try after the last completion, from its own end;
-- one that led to none, from its person's leaving. An open try of somebody who is here is over at no time.

create view tries_over as
select a.id as attempt, a.person, ifnull(
    (select min(c.completed_at) from completions c
        where (c.person, c.course, c.lesson) = (a.person, a.course, a.lesson) and c.completed_at >= a.started_at),
    iif(exists (select 1 from completions c where (c.person, c.course, c.lesson) = (a.person, a.course, a.lesson)), a.finished_at,
        (select min(h.at) from people_history h join people p on p.id = h.person and p.active = 0 where h.person = a.person
            and h.id > (select ifnull(max(id), 0) from people_history where person = a.person and active = 1)))
) as since from attempts a;


-- Who was erased
--
-- What names them goes; their number stays, for what stays without a name. A mark for each email that they had is the SHA-256
-- of a salt and the email: after a restore of an older backup it tells whom to erase again, and does not tell the email.
-- `documents` are those that were kept of them, by their SHA-256: their files go after the change.

alter table people add column erased_at text check (erased_at like '____-__-__T__:__:__.______Z') check (erased_at is null or active = 0);

create table erasures (
    id integer primary key autoincrement,
    person integer not null references people (id),
    removal integer not null references removals (id),
    salt text not null check (length(salt) >= 32),
    mark text not null check (length(mark) = 64),
    documents text not null check (json_type(documents) = 'array'),
    unique (person, mark)
) strict;

create trigger erasures_come_with_a_removal before insert on erasures
when not exists (select 1 from erasing where id = new.removal and person = new.person)
begin select raise(abort, 'an erasure comes with its removal'); end;

create trigger erasures_do_not_change before update on erasures
begin select raise(abort, 'erasures stay on record'); end;

create trigger erasures_stay before delete on erasures
begin select raise(abort, 'erasures stay on record'); end;

create trigger people_are_erased_by_a_removal before update of erased_at on people
when new.erased_at is not old.erased_at and (old.erased_at is not null
    or (new.name, new.email) is not ('Erased person ' || old.id, 'erased-' || old.id || '@erased.invalid')
    or not exists (select 1 from erasing e join erasures m on m.person = e.person where e.person = old.id))
begin select raise(abort, 'somebody is erased by a removal, and stays so'); end;

create trigger whoever_was_erased_stays_so before insert on people_history
when (select erased_at from people where id = new.person) is not null
begin select raise(abort, 'somebody who was erased stays so'); end;

drop trigger a_password_comes_with_its_entry;
create trigger a_password_comes_with_its_entry before update of password_hash, password_entry on people
when (new.password_hash, new.password_entry) is not (old.password_hash, old.password_entry) and not exists (
    select 1 from ways_in where id = new.password_entry and id > ifnull(old.password_entry, 0) and person = new.id
    and what in ('chosen', 'changed', 'set', 'cleared'))
and not (new.password_hash is null and new.password_entry is null and exists (select 1 from erasing where person = old.id))
begin select raise(abort, 'a password comes with an entry of how it came'); end;


-- What a removal may change: who somebody was, and the name that they typed under what the school decided. And the themes of
-- a conversation, which go before the day on which it was held; what somebody said of how ready they felt, which then stands
-- as if they had skipped it, so that they are not asked again.

drop trigger people_history_does_not_change;
create trigger people_history_does_not_change before update on people_history
when (new.id, new.person, new.at, new."by", new.what, new.role, new.active, new.by_itself) is not
        (old.id, old.person, old.at, old."by", old.what, old.role, old.active, old.by_itself)
    or (new.name, new.email, new.mentor, new.due, new.course, new.starts, new.ends) is not
        ('Erased person ' || old.person, 'erased-' || old.person || '@erased.invalid', null, null, null, null, null)
    or not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'the history of people does not change'); end;

drop trigger approvals_do_not_change;
create trigger approvals_do_not_change before update on approvals
when (new.id, new.course, new.sha256, new.approved_by, new.at) is not (old.id, old.course, old.sha256, old.approved_by, old.at)
    or new.typed_name is not 'Erased person ' || old.approved_by or not exists (select 1 from erasing where person = old.approved_by)
begin select raise(abort, 'approvals do not change'); end;

drop trigger assessment_signatures_do_not_change;
create trigger assessment_signatures_do_not_change before update on assessment_signatures
when (new.assessment, new.signed_by, new.at) is not (old.assessment, old.signed_by, old.at)
    or new.typed_name is not 'Erased person ' || old.signed_by or not exists (select 1 from erasing where person = old.signed_by)
begin select raise(abort, 'signatures do not change'); end;

-- Of an act, the names in its words; a log of what leads did is read on without them.

drop trigger acts_do_not_change;
create trigger acts_do_not_change before update on acts
when (new.id, new.at, new."by", new.what, new.person) is not (old.id, old.at, old."by", old.what, old.person)
    or not exists (select 1 from erasing e join people_history h on h.person = e.person,
        (select lower(old.about || ' ' || old.was || ' ' || old.became) as whole) l
        where instr(l.whole, lower(h.name)) or instr(l.whole, lower(trim(json_quote(h.name), '"'))) or instr(l.whole, lower(h.email)))
begin select raise(abort, 'what was done does not change'); end;

drop trigger conversations_do_not_change;
create trigger conversations_do_not_change before update on conversations
when (new.id, new.key, new.teacher, new.mentor, new.held_on, new.recorded_at) is not
        (old.id, old.key, old.teacher, old.mentor, old.held_on, old.recorded_at)
    or new.themes is not '[]' or old.themes = '[]'
    or not exists (select 1 from removing where kind = 'themes' and person = old.teacher and old.recorded_at < until_at)
begin select raise(abort, 'conversations do not change'); end;

drop trigger confidence_does_not_change;
create trigger confidence_does_not_change before update on confidence
when (new.id, new.person, new.course, new.stage, new.at) is not (old.id, old.person, old.course, old.stage, old.at)
    or new.answers is not '{}' or old.answers = '{}'
    or not exists (select 1 from removing where kind = 'confidence' and person = old.person and old.at < until_at)
begin select raise(abort, 'answers on confidence do not change'); end;


-- What a removal may take. Of completions the lessons go with their person, and the course as a whole stays.

drop trigger note_answers_stay;
create trigger note_answers_stay before delete on note_answers
when not exists (select 1 from erasing where person = (select person from notes where id = old.note))
    and not exists (select 1 from removing r join notes n on n.id = old.note and n.person = r.person
        where r.kind = 'notes' and old.at < r.until_at)
begin select raise(abort, 'answers to notes are kept'); end;

drop trigger notes_stay;
create trigger notes_stay before delete on notes
when not exists (select 1 from erasing where person = old.person)
    and not exists (select 1 from removing where kind = 'notes' and person = old.person and old.at < until_at)
begin select raise(abort, 'notes are kept'); end;

drop trigger attempt_shares_stay;
create trigger attempt_shares_stay before delete on attempt_shares
when not exists (select 1 from erasing where person = (select person from attempts where id = old.attempt))
begin select raise(abort, 'what was shared is kept'); end;

drop trigger put_off_stays;
create trigger put_off_stays before delete on put_off
when not exists (select 1 from erasing where person = (select person from attempts where id = old.attempt))
    and not exists (select 1 from removing r join tries_over t on (t.attempt, t.person) = (old.attempt, r.person)
        where r.kind = 'answers' and t.since < r.until_at)
begin select raise(abort, 'what was put off is kept'); end;

drop trigger answers_stay;
create trigger answers_stay before delete on answers
when not exists (select 1 from erasing where person = (select person from attempts where id = old.attempt))
    and not exists (select 1 from removing r join tries_over t on (t.attempt, t.person) = (old.attempt, r.person)
        where r.kind = 'answers' and t.since < r.until_at)
begin select raise(abort, 'answers are kept'); end;

drop trigger completions_stay;
create trigger completions_stay before delete on completions
when not exists (select 1 from erasing where person = old.person and old.lesson <> '')
begin select raise(abort, 'completions are kept'); end;

drop trigger attempts_stay;
create trigger attempts_stay before delete on attempts
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'attempts are kept'); end;

drop trigger asked_again_stays;
create trigger asked_again_stays before delete on asked_again
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was asked again is kept'); end;

drop trigger conversations_stay;
create trigger conversations_stay before delete on conversations
when not exists (select 1 from erasing where person = old.teacher)
begin select raise(abort, 'conversations are kept'); end;

drop trigger confidence_stays;
create trigger confidence_stays before delete on confidence
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'answers on confidence are kept'); end;

drop trigger confidence_shares_stay;
create trigger confidence_shares_stay before delete on confidence_shares
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was shared is kept'); end;

drop trigger acknowledgements_stay;
create trigger acknowledgements_stay before delete on acknowledgements
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'acknowledgements are kept'); end;

drop trigger lessons_opened_stay;
create trigger lessons_opened_stay before delete on lessons_opened
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was opened is kept'); end;

drop trigger staff_group_members_stay;
create trigger staff_group_members_stay before delete on staff_group_members
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'who belonged to a group stays on record'); end;

drop trigger done_elsewhere_stays_taken_back;
create trigger done_elsewhere_stays_taken_back before delete on done_elsewhere_taken_back
when not exists (select 1 from erasing where person = (select person from done_elsewhere where id = old.entry))
begin select raise(abort, 'what was taken back is kept'); end;

drop trigger done_elsewhere_stays;
create trigger done_elsewhere_stays before delete on done_elsewhere
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was done elsewhere is kept'); end;

drop trigger ways_in_stay;
create trigger ways_in_stay before delete on ways_in
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'ways in are kept'); end;

-- Letters that were posted or dropped go in their time; of somebody who is erased all go, and each to others that names them.
-- What says which browsers signed in comes and goes, and is only counted.

create trigger letters_stay before delete on letters
when not exists (select 1 from removing where kind = 'letters' and old.done_at < until_at)
    and not exists (select 1 from erasing e join people_history h on h.person = e.person, (select lower(old.subject || ' ' ||
        ifnull(old.words, '') || ' ' || old.why || ' ' || old.said || ' ' || old.reply_to || ' ' || old.key) as whole) l
        where old.person = h.person or old.email = h.email or instr(l.whole, lower(h.name)) or instr(l.whole, lower(h.email)))
begin select raise(abort, 'letters are kept'); end;


-- Each row that goes is counted, and none comes meanwhile.

create trigger note_answers_that_go_are_counted after delete on note_answers
begin update open_removal set taken = taken + 1; end;

create trigger notes_that_go_are_counted after delete on notes
begin update open_removal set taken = taken + 1; end;

create trigger attempt_shares_that_go_are_counted after delete on attempt_shares
begin update open_removal set taken = taken + 1; end;

create trigger put_off_that_go_are_counted after delete on put_off
begin update open_removal set taken = taken + 1; end;

create trigger answers_that_go_are_counted after delete on answers
begin update open_removal set taken = taken + 1; end;

create trigger completions_that_go_are_counted after delete on completions
begin update open_removal set taken = taken + 1; end;

create trigger attempts_that_go_are_counted after delete on attempts
begin update open_removal set taken = taken + 1; end;

create trigger asked_again_that_go_are_counted after delete on asked_again
begin update open_removal set taken = taken + 1; end;

create trigger conversations_that_go_are_counted after delete on conversations
begin update open_removal set taken = taken + 1; end;

create trigger confidence_that_go_are_counted after delete on confidence
begin update open_removal set taken = taken + 1; end;

create trigger confidence_shares_that_go_are_counted after delete on confidence_shares
begin update open_removal set taken = taken + 1; end;

create trigger acknowledgements_that_go_are_counted after delete on acknowledgements
begin update open_removal set taken = taken + 1; end;

create trigger lessons_opened_that_go_are_counted after delete on lessons_opened
begin update open_removal set taken = taken + 1; end;

create trigger ways_in_that_go_are_counted after delete on ways_in
begin update open_removal set taken = taken + 1; end;

create trigger letters_that_go_are_counted after delete on letters
begin update open_removal set taken = taken + 1; end;

create trigger sessions_that_go_are_counted after delete on sessions
begin update open_removal set taken = taken + 1; end;

create trigger devices_that_go_are_counted after delete on devices
begin update open_removal set taken = taken + 1; end;

create trigger staff_group_members_that_go_are_counted after delete on staff_group_members
begin update open_removal set taken = taken + 1; end;

create trigger done_elsewhere_taken_back_that_go_are_counted after delete on done_elsewhere_taken_back
begin update open_removal set taken = taken + 1; end;

create trigger done_elsewhere_that_go_are_counted after delete on done_elsewhere
begin update open_removal set taken = taken + 1; end;

create trigger people_history_that_change_are_counted after update on people_history
begin update open_removal set taken = taken + 1; end;

create trigger approvals_that_change_are_counted after update on approvals
begin update open_removal set taken = taken + 1; end;

create trigger assessment_signatures_that_change_are_counted after update on assessment_signatures
begin update open_removal set taken = taken + 1; end;

create trigger acts_that_change_are_counted after update on acts
begin update open_removal set taken = taken + 1; end;

create trigger confidence_that_change_are_counted after update on confidence
begin update open_removal set taken = taken + 1; end;

create trigger conversations_that_change_are_counted after update on conversations
begin update open_removal set taken = taken + 1; end;

create trigger note_answers_come_when_nothing_goes before insert on note_answers when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger notes_come_when_nothing_goes before insert on notes when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger attempt_shares_come_when_nothing_goes before insert on attempt_shares when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger put_off_come_when_nothing_goes before insert on put_off when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger answers_come_when_nothing_goes before insert on answers when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger completions_come_when_nothing_goes before insert on completions when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger attempts_come_when_nothing_goes before insert on attempts when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger asked_again_come_when_nothing_goes before insert on asked_again when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger conversations_come_when_nothing_goes before insert on conversations when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger confidence_come_when_nothing_goes before insert on confidence when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger confidence_shares_come_when_nothing_goes before insert on confidence_shares when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger acknowledgements_come_when_nothing_goes before insert on acknowledgements when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger lessons_opened_come_when_nothing_goes before insert on lessons_opened when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger ways_in_come_when_nothing_goes before insert on ways_in when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger people_history_come_when_nothing_goes before insert on people_history when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger approvals_come_when_nothing_goes before insert on approvals when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger assessment_signatures_come_when_nothing_goes before insert on assessment_signatures when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger letters_come_when_nothing_goes before insert on letters when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger staff_group_members_come_when_nothing_goes before insert on staff_group_members when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger done_elsewhere_taken_back_come_when_nothing_goes before insert on done_elsewhere_taken_back when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger done_elsewhere_come_when_nothing_goes before insert on done_elsewhere when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;
