"""The third schema: who somebody was and when, by whom it was changed, and what a lesson's record says of its reading.

Rules as in the first: what happened can be added to and never changed or taken away.
"""

PEOPLE = """
"""

# A link that no longer works is remembered by the digest of its token, so that whoever opens it can be told why.
LINKS = """
create table ended_links (
    token_sha256 text primary key check (length(token_sha256) = 64),
    kind text not null check (kind in ('first-run', 'invitation', 'reset')),
    person integer references people (id)
) strict, without rowid;

create trigger links_are_remembered_when_used after delete on links begin
insert or ignore into ended_links (token_sha256, kind, person) values (old.token_sha256, old.kind, old.person);
end;

create trigger links_are_remembered_when_renewed after update of token_sha256 on links begin
insert or ignore into ended_links (token_sha256, kind, person) values (old.token_sha256, old.kind, old.person);
end;
"""

LEARNING = """
"""
