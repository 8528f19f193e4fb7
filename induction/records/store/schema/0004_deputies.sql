-- Deputies: who sees a mentor's teachers in the mentor's place, from a day until a day or until it is taken back.
--
-- The latest row of a mentor says who that is, or that it is nobody. `stood` is the latest entry of anybody's history when
-- it was said: who leaves or loses the role after it is no deputy any more, whatever becomes of them then.

create table deputies (
    id integer primary key autoincrement,
    mentor integer not null references people (id),
    deputy integer references people (id) check (deputy <> mentor),
    begins text not null check (begins = date(begins)),
    ends text check (ends = date(ends) and ends >= begins),
    stood integer not null references people_history (id),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index deputies_by_mentor on deputies (mentor, id);
create index deputies_by_deputy on deputies (deputy, mentor) where deputy is not null;

create trigger a_deputy_is_a_mentor before insert on deputies when new.deputy is not null
    and not exists (select 1 from people where id = new.deputy and active = 1 and role <> 'teacher')
begin select raise(abort, 'a deputy is here and is a mentor'); end;

create trigger deputies_do_not_change before update on deputies
begin select raise(abort, 'what was said of deputies does not change'); end;

create trigger deputies_stay before delete on deputies
begin select raise(abort, 'what was said of deputies is kept'); end;
