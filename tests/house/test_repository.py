"""The repository itself: what lies at the top, what the locks hold, which room may import which."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
LOCKS = ("requirements.lock", "tests/requirements.lock")
AT_THE_TOP = {
    *("app.py", "courses", "quizzes", "templates", "static", "tests", "README.md"),
    *("induction", "pyproject.toml", "requirements.lock", "run", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "deploy"),
}
A_MACHINES_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.]")
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; .+?)?((?: --hash=sha256:[0-9a-f]{64})+)$")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in filter(None, listed.split("\0")) if (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    """Package to version, as a lock has them; a line that is no pin with a hash fails."""
    text = re.sub(r"\s*#.*", "", (ROOT / lock).read_text()).replace("\\\n", " ")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    found = [(line, PINNED.match(line)) for line in lines]
    assert [line for line, pin in found if not pin] == []
    return {pin[1]: pin[2] for _, pin in found if pin}


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run([TOOLS / "lint-imports", "--no-cache"], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_top_holds_what_it_should_and_no_more():
    there = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in there if not name.startswith(".")} <= AT_THE_TOP


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_with_a_hash_and_names_no_registry(lock):
    assert len(pins(lock)) > 15
    assert "://" not in (ROOT / lock).read_text()
    assert "--index-url" not in (ROOT / lock).read_text()


def test_the_tests_run_with_the_versions_that_schools_run():
    served, tested = (pins(lock) for lock in LOCKS)
    assert served.items() <= tested.items()


def test_the_locks_hold_every_package_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    test = project["optional-dependencies"]["test"]
    for lock, asked in zip(LOCKS, (project["dependencies"], project["dependencies"] + test), strict=True):
        assert {re.split(r"[^\w-]", name)[0].lower() for name in asked} <= set(pins(lock))


def test_the_version_is_said_once_over():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f'VERSION = "{project["version"]}"' in (ROOT / "induction/version.py").read_text()


def test_the_npm_lock_has_a_checksum_for_each_package_and_names_no_registry():
    packages = json.loads((ROOT / "tests/package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert [name for name, package in fetched.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, package in fetched.items() if "://" in package.get("resolved", "")] == []


def test_no_file_names_a_path_of_somebodys_machine():
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in A_MACHINES_PATH.finditer(text)]
    assert found == []


def test_imports_go_downwards_only():
    code, said = lint(ROOT)
    assert code == 0, said


def test_an_import_upwards_would_be_found(tmp_path):
    shutil.copytree(ROOT / "induction", tmp_path / "induction", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "induction/content/model.py").open("a") as model:
        model.write("\nimport induction.web.security.door\nimport random\n")
    code, said = lint(tmp_path)
    assert code == 1
    assert "Imports go downwards BROKEN" in said
    assert "Content, rules and wording are pure BROKEN" in said


def test_the_linter_finds_nothing():
    done = subprocess.run(
        [TOOLS / "ruff", "check", "--no-cache", "--output-format=concise", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_swallowed_error_would_be_found(tmp_path):
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "quiet.py").write_text("try:\n    print()\nexcept Exception:\n    pass\n")
    done = subprocess.run([TOOLS / "ruff", "check", "--no-cache", "."], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "S110" in done.stdout


def test_no_line_of_a_template_is_so_long_that_a_change_of_one_word_shows_a_paragraph():
    lines = [(path, line) for path in tracked() if path.match("templates/**/*.html") for line in path.read_text().splitlines()]
    assert len(lines) > 1000
    assert [f"{path.name}: {line[:60]}" for path, line in lines if len(line) > 300] == []
