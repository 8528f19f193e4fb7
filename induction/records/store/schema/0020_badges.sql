-- The twentieth schema: badges. The keys with which this school signs them, and badges of other schools that were read.
--
-- The private half of a key lies beside the database, in `signing-key`. Its public half stays here, whatever comes after it:
-- badges that it signed are out in the world.

create table signing_keys (
    id integer primary key autoincrement,
    public_key text not null unique check (public_key glob 'z6Mk*' and length(public_key) between 40 and 60),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create trigger signing_keys_do_not_change before update on signing_keys
begin select raise(abort, 'a key that was published stays as it is'); end;

create trigger signing_keys_stay before delete on signing_keys
begin select raise(abort, 'a key that was published stays published'); end;

create trigger signing_keys_are_evidence after insert on signing_keys begin
insert into evidence_due (kind, row) values ('signing key', new.id);
end;


-- What was done elsewhere may be a badge
--
-- Its file is JSON or a token. A check can only be given to a table that is made anew; the numbers go on where they were, and
-- what is entered as evidence already is not entered again: the triggers come after the rows.

create table done_elsewhere_before as select * from done_elsewhere;

create table done_elsewhere_taken_back_before as select * from done_elsewhere_taken_back;

create table numbers_before as select name, seq from sqlite_sequence where name in ('done_elsewhere', 'done_elsewhere_taken_back');

drop table done_elsewhere_taken_back;

drop table done_elsewhere;

create table done_elsewhere (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    provider text not null check (length(provider) between 1 and 200),
    title text not null check (length(title) between 1 and 200),
    done_on text not null check (done_on is date(done_on)),
    expires_on text check (expires_on is date(expires_on) and (expires_on is null or expires_on >= done_on)),
    document text not null check (length(document) = 64),
    kind text not null check (kind in ('pdf', 'png', 'jpeg', 'json', 'jwt')),
    file text not null check (length(file) between 1 and 200),
    bytes integer not null check (bytes between 1 and 5242880),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

insert into done_elsewhere (id, person, course, provider, title, done_on, expires_on, document, kind, file, bytes, by, at)
select id, person, course, provider, title, done_on, expires_on, document, kind, file, bytes, by, at
from done_elsewhere_before order by id;

create table done_elsewhere_taken_back (
    id integer primary key autoincrement,
    entry integer not null unique references done_elsewhere (id),
    why text not null check (length(why) between 1 and 1000),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

insert into done_elsewhere_taken_back (id, entry, why, by, at)
select id, entry, why, by, at from done_elsewhere_taken_back_before order by id;

delete from sqlite_sequence where name in ('done_elsewhere', 'done_elsewhere_taken_back');

insert into sqlite_sequence (name, seq) select name, seq from numbers_before;

drop table done_elsewhere_before;

drop table done_elsewhere_taken_back_before;

drop table numbers_before;

create index done_elsewhere_by_person on done_elsewhere (person, id);

create trigger done_elsewhere_does_not_change before update on done_elsewhere
begin select raise(abort, 'what was done elsewhere does not change'); end;

create trigger done_elsewhere_stays before delete on done_elsewhere
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was done elsewhere is kept'); end;

create trigger done_elsewhere_that_go_are_counted after delete on done_elsewhere
begin update open_removal set taken = taken + 1; end;

create trigger done_elsewhere_come_when_nothing_goes before insert on done_elsewhere when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger done_elsewhere_is_taken_back_once before update on done_elsewhere_taken_back
begin select raise(abort, 'what was taken back does not change'); end;

create trigger done_elsewhere_stays_taken_back before delete on done_elsewhere_taken_back
when not exists (select 1 from erasing where person = (select person from done_elsewhere where id = old.entry))
begin select raise(abort, 'what was taken back is kept'); end;

create trigger done_elsewhere_taken_back_that_go_are_counted after delete on done_elsewhere_taken_back
begin update open_removal set taken = taken + 1; end;

create trigger done_elsewhere_taken_back_come_when_nothing_goes before insert on done_elsewhere_taken_back when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger done_elsewhere_is_evidence after insert on done_elsewhere begin
insert into evidence_due (kind, row) values ('elsewhere', new.id);
end;

create trigger what_is_taken_back_is_evidence after insert on done_elsewhere_taken_back begin
insert into evidence_due (kind, row) values ('elsewhere taken back', new.entry);
end;


-- A badge of another school that counts: which it is, with which key it was signed, and how it was seen whose it is.

create table badges_read (
    id integer primary key autoincrement,
    entry integer not null unique references done_elsewhere (id),
    badge text not null check (length(badge) between 1 and 300),
    issuer text not null check (length(issuer) between 1 and 300),
    public_key text not null check (public_key glob 'z6Mk*' and length(public_key) between 40 and 60),
    whose text not null check (whose in ('email', 'lead'))
) strict;

create index badges_read_by_issuer on badges_read (issuer, id);

create trigger badges_read_do_not_change before update on badges_read
begin select raise(abort, 'a badge that was read stays as it was read'); end;

create trigger badges_read_stay before delete on badges_read
when not exists (select 1 from erasing where person = (select person from done_elsewhere where id = old.entry))
begin select raise(abort, 'that a badge was read is kept'); end;

create trigger badges_read_that_go_are_counted after delete on badges_read
begin update open_removal set taken = taken + 1; end;

create trigger badges_read_come_when_nothing_goes before insert on badges_read when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

create trigger badges_read_are_evidence after insert on badges_read begin
insert into evidence_due (kind, row) values ('badge', new.id);
end;
