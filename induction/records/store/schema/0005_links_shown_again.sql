-- The fourth schema: a link can be shown again to the lead who made it.
--
-- A lead's link is derived from its nonce and a key that lies beside the database and in no backup. Without a nonce (links
-- of the command line, of the first run, and of before) there is only the digest, which shows nothing.

alter table links add column nonce text check (nonce is null or length(nonce) >= 32) check (nonce is null or made_by is not null);
