-- The fourth schema: a session on somebody's own phone, which lasts longer than on a computer that others use too.

alter table sessions add column own_phone integer not null default 0 check (own_phone in (0, 1));
