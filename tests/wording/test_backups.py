"""What is said of backups: each state has its words, each fault of the second folder its own."""

import errno
from datetime import UTC, datetime

import pytest

from induction.wording import backups

AT = datetime(2026, 12, 4, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "counts, days, words",
    [
        (
            {"daily": 7, "weekly": 4, "monthly": 0, "made by hand": 1}, 0,
            "12 in backups/ (7 daily, 4 weekly, 1 made by hand); the newest is 0 days old.",
        ),
        ({"daily": 1}, 1, "1 in backups/ (1 daily); the newest is 1 day old."),
        ({"made by hand": 2}, 12, "2 in backups/ (2 made by hand); the newest is 12 days old."),
    ],
)  # fmt: skip
def test_what_lies_here(counts, days, words):
    assert backups.lying_here(counts, days) == words


FAULTS = {
    errno.ENOSPC: "The second folder /mnt is full. What lies there already stays.",
    errno.EDQUOT: "The second folder /mnt is full. What lies there already stays.",
    errno.EROFS: (
        "The second folder /mnt can only be read: it is mounted so, or the service may not write there "
        "(ReadWritePaths= in `systemctl edit induction`)."
    ),
    errno.EACCES: "This account may not write to the second folder /mnt.",
    errno.EPERM: "This account may not write to the second folder /mnt.",
    errno.EFBIG: "The disk of the second folder /mnt takes no file as large as the backup.",
    errno.ESTALE: "The second folder /mnt can’t be reached at present (why).",
    errno.EIO: "The second folder /mnt can’t be reached at present (why).",
    errno.EINVAL: "The backup could not be copied to /mnt (why).",
    None: "The backup could not be copied to /mnt (why).",
}


@pytest.mark.parametrize("number, words", FAULTS.items(), ids=str)
def test_what_a_second_disk_says(number, words):
    assert backups.not_copied(number, "why", "/mnt") == words


def test_a_folder_that_is_not_mounted():
    assert "not mounted at present" in backups.not_there("/mnt") and "not mounted at present" in backups.same_disk("/mnt")
    assert backups.no_answer("/mnt") == "The second folder /mnt does not answer: the machine that shares it may be away."


def test_a_try_that_failed():
    assert backups.not_made(AT, "The disk is full.") == "The last try, 04/12/2026 02:03 UTC, failed: The disk is full."


def test_what_a_drill_counts():
    counts = {"people": 1200, "answers": 3, "completions": 0}
    assert backups.held(counts, True) == "It holds 1,200 people, 3 answers and 0 completions, as many as when it was made."
    assert backups.held(counts, False).endswith("; an earlier version made it, which kept no count beside.")
    assert backups.fewer("answers", 2, 3) == "It holds 2 answers, and there were 3 when it was made."
    assert backups.since({"people": 1, "answers": 20, "completions": -1}) == "Since then the site has 1 person and 20 answers more."
    assert backups.since({"people": 0}) == "The site has no more than that today."


def test_own_content_in_a_backup():
    assert backups.own_content(0) == "It holds no content of the school’s own."
    assert backups.own_content(2) == "The school’s own content in it passes the check (2 files)."
    faulty = backups.content_faulty(1, "courses/a.md, line 3: no title.")
    assert faulty.startswith("The school’s own content in it does not pass the check (1 problem): courses/a.md, line 3")


def test_a_key_comes_with_where_to_keep_it():
    words = backups.key_made("age1abc")
    assert "two places away from this machine" in words and "    INDUCTION_BACKUP_KEY=age1abc\n" in words
