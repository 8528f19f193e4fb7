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
