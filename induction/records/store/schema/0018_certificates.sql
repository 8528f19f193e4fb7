-- The eighteenth schema: certificates. Each completion of a course has a code, under which anybody who has it can look up what
-- was completed, by whom and when: /certificates/<code>.
--
-- Here stands the code alone. What a certificate says is read from the completion itself, so that nothing is kept twice. A code
-- is chance, 14 signs of 32 (70 bits), and says nothing of the one before it. Courses that were completed before this version
-- get theirs with it, in the same step; as evidence they are of the moment at which the course was completed.

create table certificates (
    id integer primary key autoincrement,
    completion integer not null unique references completions (id),
    code text not null unique check (length(code) = 14 and code not glob '*[^0-9A-HJKMNP-TV-Z]*')
) strict;

create trigger certificates_are_of_whole_courses before insert on certificates
when not exists (select 1 from completions where id = new.completion and lesson = '')
begin select raise(abort, 'a certificate is of a whole course'); end;

create trigger certificates_do_not_change before update on certificates
begin select raise(abort, 'certificates do not change'); end;

create trigger certificates_stay before delete on certificates
when not exists (select 1 from erasing where person = (select person from completions where id = old.completion))
begin select raise(abort, 'certificates are kept'); end;

create trigger certificates_that_go_are_counted after delete on certificates
begin update open_removal set taken = taken + 1; end;

create trigger certificates_come_when_nothing_goes before insert on certificates when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger certificates_are_evidence after insert on certificates begin
insert into evidence_due (kind, row, before) values ('certificate', new.id,
    exists (select 1 from evidence_due where (kind, row, before) = ('completion', new.completion, 1))
    or exists (select 1 from evidence where (kind, row) = ('completion', new.completion)));
end;
