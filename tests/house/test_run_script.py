"""`./run`: sets up once, in a folder with spaces in its name, whoever else starts just then; says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def copy_of_the_checkout(to: Path) -> Path:
    """What git would hand to a newcomer, laid out in `to`."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


def start(checkout: Path, *words: str, path: str = os.environ["PATH"], cwd: str | Path = "/") -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INDUCTION_")}
    return subprocess.Popen(
        [checkout / "run", *words],
        cwd=cwd,
        env=kept | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(checkout: Path, *words: str, **how: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    started = start(checkout, *words, **how)
    out, err = started.communicate(timeout=300)
    return started.returncode, out, err


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, str, str]]]:
    """A checkout in a folder with spaces, set up by two starts at once, and what both said."""
    checkout = copy_of_the_checkout(tmp_path_factory.mktemp("school") / "the staff room's folder")
    both = [start(checkout, "--help") for _ in range(2)]
    said = [(*one.communicate(timeout=300), one) for one in both]
    return checkout, [(one.returncode, out, err) for out, err, one in said]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder to be the whole PATH: what every system has, no Python, no apt-get, an account that is not root."""
    for tool in ("sh", "dirname", "readlink", "sha256sum", "cut"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    put(tmp_path, "id", "echo 1000")
    return tmp_path


def put(machine: Path, name: str, script: str) -> None:
    """Put a command on the machine."""
    (machine / name).write_text(f"#!/bin/sh\n{script}\n")
    (machine / name).chmod(0o755)


def test_two_first_starts_at_once_both_work_and_one_of_them_sets_up(set_up):
    _, said = set_up
    assert [code for code, _, _ in said] == [0, 0]
    assert all("usage: induction" in out for _, out, _ in said)
    assert sorted(err.count("Set up.") for _, _, err in said) == [0, 1]


def test_a_later_start_sets_nothing_up_and_says_nothing(set_up):
    checkout, _ = set_up
    (stamp,) = checkout.glob(".venv/ready-*")
    made = stamp.stat().st_mtime_ns
    code, out, err = run(checkout, "--help")
    assert (code, err) == (0, "")
    assert "usage: induction" in out
    assert stamp.stat().st_mtime_ns == made


def test_the_environment_holds_what_the_lock_names_and_nothing_for_tests(set_up):
    checkout, _ = set_up
    (site,) = checkout.glob(".venv/lib/python*/site-packages")
    assert (site / "flask").is_dir()
    assert not (site / "pytest").exists()


def test_a_half_made_environment_is_made_again(set_up):
    checkout, _ = set_up
    (stamp,) = checkout.glob(".venv/ready-*")
    stamp.unlink()
    (site,) = checkout.glob(".venv/lib/python*/site-packages")
    shutil.rmtree(site / "flask")
    code, _, err = run(checkout, "--help")
    assert code == 0
    assert "Set up." in err
    assert (site / "flask").is_dir()


def test_the_command_gets_its_words_its_folder_and_gives_its_exit_code(set_up, tmp_path):
    checkout, _ = set_up
    assert run(checkout, "no-such-word")[0] == 2
    (tmp_path / "induction.py").write_text("raise SystemExit(9)")  # a file of that name is not the site
    assert run(checkout, "--help", cwd=tmp_path)[0] == 0


def test_help_for_the_tests_runs_and_makes_nothing(machine, tmp_path_factory):
    checkout = copy_of_the_checkout(tmp_path_factory.mktemp("checkout"))
    put(machine, "cat", f'exec {shutil.which("cat")} "$@"')
    before = sorted(checkout.iterdir())
    code, out, err = run(checkout, "test", "--help", path=str(machine))
    assert (code, err) == (0, "")
    assert "--faults" in out
    assert sorted(checkout.iterdir()) == before


def test_an_old_python_is_refused_in_a_sentence(machine):
    put(machine, "python3", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    code, out, err = _in_a_bare_copy(machine)
    assert (code, out) == (1, "")
    assert "Python 3.11 or newer is needed, and this machine has Python 3.9.2." in err


def test_a_missing_python_gets_the_line_that_mends_it(machine):
    code, _, err = _in_a_bare_copy(machine)
    assert code == 1
    assert "    sudo apt install -y python3 python3-venv\n" in err


def test_a_python_without_venv_gets_the_line_that_mends_it(machine):
    _python_without_venv(machine)
    put(machine, "apt-get", "exit 99")  # somebody who is not root: shown, not run
    code, _, err = _in_a_bare_copy(machine)
    assert code == 1
    assert "    sudo apt install -y python3-venv\nNothing was changed." in err


def test_root_on_debian_is_shown_the_line_and_it_is_run(machine):
    _python_without_venv(machine)
    put(machine, "id", "echo 0")
    put(machine, "apt-get", f'echo "$@" >> "{machine}/asked"; [ "$1" = update ] || exit 100')
    code, _, err = _in_a_bare_copy(machine)
    assert code == 1
    assert "    sudo apt install -y python3-venv\nRunning it now.\nThat did not work" in err
    assert (machine / "asked").read_text() == "update -qq\ninstall -y -qq python3-venv\n"


def _python_without_venv(machine: Path) -> None:
    """As Debian has it before python3-venv: everything works but `import ensurepip`."""
    put(
        machine,
        "python3",
        f'case "$*" in *ensurepip*) exit 1 ;; *realpath*) echo "$0" ;; *) exec "{sys.executable}" "$@" ;; esac',
    )


def _in_a_bare_copy(machine: Path) -> tuple[int, str, str]:
    """Start a checkout that nobody has set up, on that machine."""
    checkout = machine / "checkout"
    checkout.mkdir()
    for name in ("run", "requirements.lock"):
        shutil.copy2(ROOT / name, checkout / name)
    said = run(checkout, path=str(machine))
    assert not (checkout / ".venv").exists()
    return said
