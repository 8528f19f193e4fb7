-- The seventeenth schema: the chain of evidence (design: reliability, part 3).
--
-- One entry for each thing that happened, in order. `leaf` is SHA-256(0x00, salt, entry), `head` is SHA-256(0x01, n as eight
-- bytes, the head before, leaf): whoever keeps a head outside can tell later that nothing up to it was altered. An entry says
-- what its row says, and who that was by number and by the entry of `people_history` of then, so that a name stands in the
-- entries of that person alone (`evidence_facts.py`). What goes by a removal loses salt and entry; its leaf stays, and with it
-- the chain. Which entries these were, the removal's own entry says.
--
-- Whatever happens puts its row into `evidence_due`, by a trigger of its table; `transaction` enters it before the commit.
-- `entered` refers to an entry that can't be, which SQLite asks at the commit: what is due and not entered is not kept at all.

create table evidence (
    n integer primary key check (n > 0),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    kind text not null check (length(kind) between 1 and 40),
    row integer not null,
    person integer references people (id),
    salt blob check (length(salt) = 16),
    entry text check (entry is null or json_valid(entry)),
    leaf blob not null check (length(leaf) = 32),
    head blob not null check (length(head) = 32),
    gone_with integer references removals (id) check (gone_with is null or entry is null),
    unique (kind, row),
    check ((salt is null) = (entry is null))
) strict;

create index evidence_by_person on evidence (person) where person is not null;
create index evidence_by_removal on evidence (gone_with) where gone_with is not null;

create table evidence_due (
    id integer primary key,
    kind text not null,
    row integer not null,
    before integer not null default 0 check (before in (0, 1)),
    entered integer not null default 0 check (entered = 0) references evidence (n) deferrable initially deferred,
    unique (kind, row)
) strict;

-- Looked at by SQLite at each entry.

create index evidence_due_by_entry on evidence_due (entered);

create trigger an_entry_is_the_next_of_what_happened before insert on evidence
when new.n is not (select ifnull(max(n), 0) + 1 from evidence)
    or not exists (select 1 from evidence_due where (kind, row) = (new.kind, new.row))
begin select raise(abort, 'an entry is the next, of what happened'); end;

create trigger evidence_come_when_nothing_goes before insert on evidence when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger what_is_entered_is_due_no_more after insert on evidence begin
delete from evidence_due where (kind, row) = (new.kind, new.row);
end;

create trigger evidence_stays before delete on evidence
begin select raise(abort, 'evidence is kept'); end;

create trigger evidence_does_not_change before update on evidence
when (new.n, new.at, new.kind, new.row, new.person, new.leaf, new.head) is not
        (old.n, old.at, old.kind, old.row, old.person, old.leaf, old.head)
    or new.entry is not null or old.entry is null or new.gone_with is not (select removal from open_removal)
    or not exists (select 1 from erasing where person = old.person)
    and not (old.kind = 'answers' and exists (select 1 from removing r join tries_over t on (t.attempt, t.person) = (old.row, r.person)
        where r.kind = 'answers' and t.since < r.until_at))
    and not (old.kind = 'act' and old.at < strftime('%Y-%m-%dT%H:%M:%f', (select max(at) from acts), '-7 years'))
    and not (old.kind = 'act' and exists (select 1 from acts a, erasing e join people_history h on h.person = e.person
        where a.id = old.row and (instr(lower(a.about || ' ' || a.was || ' ' || a.became), lower(h.name))
            or instr(lower(a.was || ' ' || a.became), lower(trim(json_quote(h.name), '"')))
            or instr(lower(a.about || ' ' || a.was || ' ' || a.became), lower(h.email)))))
begin select raise(abort, 'evidence does not change'); end;

create trigger evidence_that_change_are_counted after update on evidence
begin update open_removal set taken = taken + 1; end;

-- What was recorded before this version, in the order in which it happened. Its entries say that they were made later.

insert into evidence_due (kind, row, before) values ('school', 1, exists (select 1 from people_history));
insert into evidence_due (kind, row, before) select kind, id, 1 from (
    select 1 as place, 'person' as kind, id, at from people_history union all
    select 2, 'policy', version, at from policy_versions union all
    select 3, 'approval', id, at from approvals union all
    select 4, 'acknowledgement', id, at from acknowledgements union all
    select 5, 'attempt', id, finished_at from attempts where finished_at is not null union all
    select 6, 'answers', id, finished_at from attempts a where finished_at is not null
        and exists (select 1 from answers where attempt = a.id) union all
    select 7, 'completion', id, completed_at from completions union all
    select 8, 'elsewhere', id, at from done_elsewhere union all
    select 9, 'elsewhere taken back', entry, at from done_elsewhere_taken_back union all
    select 10, 'act', id, at from acts union all
    select 11, 'removal', id, at from removals
) order by at, place, id;

create trigger who_somebody_is_is_evidence after insert on people_history begin
insert into evidence_due (kind, row) values ('person', new.id);
end;

create trigger policy_versions_are_evidence after insert on policy_versions begin
insert into evidence_due (kind, row) values ('policy', new.version);
end;

create trigger approvals_are_evidence after insert on approvals begin
insert into evidence_due (kind, row) values ('approval', new.id);
end;

create trigger acknowledgements_are_evidence after insert on acknowledgements begin
insert into evidence_due (kind, row) values ('acknowledgement', new.id);
end;

create trigger attempts_that_end_are_evidence after update of finished_at on attempts
when old.finished_at is null and new.finished_at is not null begin
insert into evidence_due (kind, row) values ('attempt', new.id);
insert into evidence_due (kind, row) select 'answers', new.id where exists (select 1 from answers where attempt = new.id);
end;

create trigger completions_are_evidence after insert on completions begin
insert into evidence_due (kind, row) values ('completion', new.id);
end;

create trigger done_elsewhere_is_evidence after insert on done_elsewhere begin
insert into evidence_due (kind, row) values ('elsewhere', new.id);
end;

create trigger what_is_taken_back_is_evidence after insert on done_elsewhere_taken_back begin
insert into evidence_due (kind, row) values ('elsewhere taken back', new.entry);
end;

create trigger acts_are_evidence after insert on acts begin
insert into evidence_due (kind, row) values ('act', new.id);
end;

create trigger removals_are_evidence after insert on removals begin
insert into evidence_due (kind, row) values ('removal', new.id);
end;
