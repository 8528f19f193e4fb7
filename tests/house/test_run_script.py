"""`./run`: sets up once, beside what was there and for every account, whoever else starts just then; says what is missing.

The checkout set up here is small: the script itself, a lock that names one package, and a program of four lines. The
whole program is set up by `tests/machine`, as the documents say.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import ROOT, copy_of_the_checkout

PROGRAM = """
import sys
import tiny
print("usage: induction", *sys.argv[1:])
raise SystemExit(2 if "no-such-word" in sys.argv else 0)
"""
NO_NETWORK = {"PIP_FIND_LINKS": "/nowhere"}


def start(
    checkout: Path, *words: str, cwd: str | Path = "/", umask: int = 0o022, user: int | None = None, **environment: str
) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INDUCTION_", "PIP_"))}
    here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout.parent / "wheels"), "PIP_CONFIG_FILE": "/dev/null"}
    return subprocess.Popen(
        [checkout / "run", *words],
        cwd=cwd,
        env=kept | here | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        umask=umask,
        user=user,
        start_new_session=True,
    )


def run(checkout: Path, *words: str, **how: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    started = start(checkout, *words, **how)
    out, err = started.communicate(timeout=300)
    return started.returncode, out, err


def tiny_wheel(folder: Path) -> str:
    """A package of one line with a command of its own; the lock that names it."""
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    about = "tiny-1.0.dist-info"
    files = {
        "tiny.py": "def main(): print('tiny')\n",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": "[console_scripts]\ntiny = tiny:main\n",
    }
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
        packed.writestr(f"{about}/RECORD", "".join(f"{name},,\n" for name in (*files, f"{about}/RECORD")))
    return f"tiny==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A small checkout in a folder with spaces, which every account can reach."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        checkout = Path(folder) / "the staff room's folder"
        (checkout / "induction").mkdir(parents=True)
        (checkout.parent / "wheels").mkdir()
        shutil.copy2(ROOT / "run", checkout)
        (checkout / "induction/__main__.py").write_text(PROGRAM)
        (checkout / "requirements.lock").write_text(tiny_wheel(checkout.parent / "wheels"))
        yield checkout


@pytest.fixture(scope="module")
def set_up(checkout) -> list[tuple[int, str, str]]:
    """What two first starts at once said, by somebody whose umask lets nobody else in."""
    both = [start(checkout, "--help", umask=0o077) for _ in range(2)]
    said = [(*one.communicate(timeout=300), one) for one in both]
    return [(one.returncode, out, err) for out, err, one in said]


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


def modes(checkout: Path) -> set[str]:
    """How the files of the environment can be reached by others, and by whom they can be written."""
    found = set()
    for path in (checkout / ".venv").resolve().rglob("*"):
        mode = 0 if path.is_symlink() else path.stat().st_mode
        found |= {"private"} if mode and not mode & 0o4 else set()
        found |= {"writable"} if mode & 0o22 else set()
    return found


def environments(checkout: Path) -> list[str]:
    return sorted(path.name for path in checkout.glob(".venv*"))


def test_two_first_starts_at_once_both_work_and_one_of_them_sets_up(set_up):
    assert [code for code, _, _ in set_up] == [0, 0]
    assert all("usage: induction" in out for _, out, _ in set_up)
    assert sorted(err.count("Set up.") for _, _, err in set_up) == [0, 1]


def test_what_is_set_up_is_for_every_account_and_written_by_none_but_its_owner(set_up, checkout):
    assert modes(checkout) == set()
    assert len(environments(checkout)) == 2, "the link, and what it leads to"
    assert run(checkout, "--help", user=65534)[:2] == (0, "usage: induction --help\n")
    tiny = subprocess.run([checkout / ".venv/bin/tiny"], capture_output=True, text=True)
    assert tiny.stdout == "tiny\n", "what packages bring as commands works too"


def test_a_later_start_sets_nothing_up_and_says_nothing(set_up, checkout):
    (stamp,) = checkout.glob(".venv/ready-*")
    made = stamp.stat().st_mtime_ns
    code, out, err = run(checkout, "--help")
    assert (code, err) == (0, "")
    assert "usage: induction" in out
    assert stamp.stat().st_mtime_ns == made


def test_the_command_gets_its_words_its_folder_and_gives_its_exit_code(set_up, checkout, tmp_path):
    assert run(checkout, "no-such-word")[0] == 2
    (tmp_path / "induction.py").write_text("raise SystemExit(9)")  # a file of that name is not the site
    assert run(checkout, "people", "add", "Tess O'Hara", cwd=tmp_path) == (0, "usage: induction people add Tess O'Hara\n", "")


def test_a_set_up_that_is_killed_or_finds_no_network_leaves_the_old_one(set_up, checkout):
    lock = checkout / "requirements.lock"
    whole, before = lock.read_text(), (checkout / ".venv").resolve()
    lock.write_text(f"# a later version\n{whole}")
    killed = start(checkout, "--help")
    until = time.monotonic() + 60
    while len(environments(checkout)) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert len(environments(checkout)) == 3

    code, _, err = run(checkout, "--help", **NO_NETWORK)
    assert code == 1
    assert "could not be fetched" in err and "PIP_CERT" in err
    assert "What was set up before is as it was." in err
    assert (checkout / ".venv").resolve() == before
    assert len(environments(checkout)) == 2, "nothing half-made is left"
    lock.write_text(whole)
    assert run(checkout, "--help", **NO_NETWORK) == (0, "usage: induction --help\n", "")


def test_what_an_older_version_made_is_made_again_and_a_careless_umask_opens_nothing(set_up, checkout):
    """Up to 1.1 it was made in its place, in no link, with a stamp that said nothing."""
    made = (checkout / ".venv").resolve()
    (checkout / ".venv").unlink()
    made.rename(checkout / ".venv")
    (stamp,) = checkout.glob(".venv/ready-*")
    stamp.write_text("")
    code, _, err = run(checkout, "--help", umask=0o000)
    assert code == 0 and "Set up." in err
    assert modes(checkout) == set()
    assert len(environments(checkout)) == 2


def test_root_takes_a_python_that_the_service_may_use_too(set_up, checkout):
    """Also where its own comes first, and where it has set up with its own before there was another."""
    assert os.geteuid() == 0 and Path("/usr/bin/python3").exists(), "run these tests as root on Debian"
    own = checkout / "root's own"
    own.mkdir(mode=0o700)
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--copies", "--without-pip", own / "python"], check=True)
    (stamp,) = checkout.glob(".venv/ready-*")
    stamp.write_text("own\n")
    linked = checkout / ".venv/bin" / f"python{stamp.name.split('-')[1]}"
    linked.unlink()
    linked.symlink_to(own / "python/bin/python3")
    code, _, err = run(checkout, "--help", user=65534)
    assert code == 1
    assert "with a Python that this account may not use" in err and "root's own" in err

    code, _, err = run(checkout, "--help", PATH=f"{own / 'python/bin'}:{os.environ['PATH']}")
    assert code == 0 and "Set up." in err
    assert run(checkout, "--help", user=65534)[0] == 0


def test_help_for_the_tests_runs_and_makes_nothing(machine, tmp_path_factory):
    checkout = copy_of_the_checkout(tmp_path_factory.mktemp("checkout"))
    put(machine, "cat", f'exec {shutil.which("cat")} "$@"')
    before = sorted(checkout.iterdir())
    code, out, err = run(checkout, "test", "--help", PATH=str(machine))
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
        f'case "$*" in *ensurepip*) exit 1 ;; *sys.executable*) echo "shared $0" ;; *) exec "{sys.executable}" "$@" ;; esac',
    )


def _in_a_bare_copy(machine: Path) -> tuple[int, str, str]:
    """Start a checkout that nobody has set up, on that machine."""
    checkout = machine / "checkout"
    checkout.mkdir()
    for name in ("run", "requirements.lock"):
        shutil.copy2(ROOT / name, checkout / name)
    said = run(checkout, PATH=str(machine))
    assert not (checkout / ".venv").exists()
    return said
