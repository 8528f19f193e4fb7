"""What was corrected of an entry, as the last columns of a sheet: of completions, and of acknowledgements of the policy."""

from __future__ import annotations

from .history import then

EXPORTED = ("corrected_at", "corrected_by", "correction")


def exported(of_entry: str, before: str) -> str:
    """SQL for these columns: when and by whom an entry was corrected last, and whether it counts, with all the whys.

    `of_entry` says which corrections `k` are of it, and `before` up to when; SQL too, of the query that it stands in.
    *does not count: taken in somebody else’s name*; empty where nothing was said of it.
    """
    some = f"from corrections k where {of_entry} and ({before} is null or k.at < {before})"
    last = f"{some} order by k.id desc limit 1"
    said = "k.why || iif(k.rightly <> '', ' Right is: ' || k.rightly, '')"
    return (
        f"ifnull((select substr(k.at, 1, 19) || 'Z' {last}), '') as corrected_at,"
        f" ifnull((select {then('name', 'k.by', 'k.at')} {last}), '') as corrected_by,"
        f" ifnull((select case (select k.counts {some} and k.counts is not null order by k.id desc limit 1) when 0 then 'does not count: '"
        f" when 1 then 'counts after all: ' else 'counts, with a note: ' end || (select group_concat({said}, ' / ' order by k.id) {some})"
        f" {last}), '') as correction"
    )
