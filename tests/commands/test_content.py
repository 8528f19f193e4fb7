"""check."""

from tests.cast import COURSE


def test_the_shipped_content_passes_the_check(run, tmp_path):
    assert run("check", "--today", "2026-12-01").code == 0


def test_a_broken_file_is_named_with_its_line(run, tmp_path):
    folder = tmp_path / "own" / "courses" / COURSE
    folder.mkdir(parents=True)
    (folder / "09-ours.md").write_text("---\ntitle: Ours\n---\n\nAt {{ shool }} we care.\n")
    done = run("check", tmp_path / "own")
    assert done.code == 1 and f"courses/{COURSE}/09-ours.md:5: " in done.out


def test_a_warning_is_shown_and_fails_only_where_strict(run):
    """In three years every lesson was reviewed over a year ago."""
    for words, code in (([], 0), (["--strict"], 1)):
        done = run("check", "--today", "01/12/2029", *words)
        assert done.code == code and "warning: this lesson was reviewed on" in done.out and done.err == ""


def test_facts_to_confirm_are_listed_and_fail_nothing(run, tmp_path):
    """They are for a lead to look up; a school that has done so reads of them no more."""
    done = run("check", "--today", "2026-12-01")
    lines = done.out.splitlines()
    assert done.code == 0 and done.err == "" and all(": to confirm: " in line for line in lines)
    assert any(": to confirm: reporting-duty; look it up at " in line for line in lines)
    strictly = run("check", "--today", "2026-12-01", "--strict")
    assert (strictly.code, strictly.out, strictly.err) == (0, "", ""), "what is shipped has not a single warning"
    own = tmp_path / "own" / "courses"
    own.mkdir(parents=True)
    (own / "facts.yml").write_text("reporting-duty:\n  value: It has begun.\n  what: It\n  source: An Act\n  checked: 2026-11-30\n")
    left = run("check", "--today", "2026-12-01", tmp_path / "own").out.splitlines()
    assert sorted(left) == sorted(line for line in lines if " reporting-duty;" not in line)
