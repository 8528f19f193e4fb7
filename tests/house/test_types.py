"""Types: the storeys below records hold under mypy at its strictest."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Storeys, with all that lies in them; what they import is looked up and not checked with them.
STRICT = ("content", "rules", "wording", "services")


def mypy(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-P", "-m", "mypy", *(f"induction/{storey}" for storey in STRICT)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_storeys_hold_under_strict_types():
    code, said = mypy(ROOT)
    assert code == 0, said


def test_a_type_that_does_not_fit_would_be_found_in_each(tmp_path):
    shutil.copytree(ROOT / "induction", tmp_path / "induction", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    if (ROOT / ".mypy_cache").exists():  # what the first of these tests has worked out
        shutil.copytree(ROOT / ".mypy_cache", tmp_path / ".mypy_cache")
    for storey in STRICT:
        (tmp_path / "induction" / storey / "planted.py").write_text("def letters(name):\n    return name\n")
    code, said = mypy(tmp_path)
    assert code == 1
    for storey in STRICT:
        assert f"induction/{storey}/planted.py:1: error: Function is missing a type annotation  [no-untyped-def]" in said
