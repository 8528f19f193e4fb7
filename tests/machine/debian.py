"""A bare machine: Debian 12 with its own systemd, cron and apt, as a technician has it before following the documents.

The image is made from Debian's packages once and kept in this account's cache. A machine is a layer over it, booted by
systemd-nspawn, with no network but its own loopback: what it installs comes from a folder of Debian's own packages and
another of wheels, put into the image while there was a network.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path

from tests.checkout import ROOT

CACHE = user_cache_path("induction-tests", appauthor=False)
UNUSED = 30 * 24 * 3600  # seconds after which an image is thrown away
THERE = ("systemd-sysv", "cron", "python3", "sudo")  # on every Debian server
TO_INSTALL = ("git", "caddy", "python3-venv", "faketime")  # what the documents and the tests ask apt for
HOME = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "USER": "root",
    "LOGNAME": "root", "SHELL": "/bin/bash", "LANG": "C.UTF-8", "TERM": "dumb",
}  # fmt: skip


@functools.cache
def image() -> Path:
    """The root of a bare Debian 12; made when its recipe or what the site needs has changed."""
    recipe = Path(__file__).read_bytes() + (ROOT / "requirements.lock").read_bytes()
    made = CACHE / f"debian-{hashlib.sha256(recipe).hexdigest()[:16]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    if not made.exists():
        beside = Path(tempfile.mkdtemp(prefix="making-", dir=CACHE))
        _make(beside / "root")
        with suppress(OSError):  # somebody else was quicker
            beside.rename(made)
    os.utime(made)
    for old in CACHE.iterdir():
        if time.time() - old.stat().st_mtime > UNUSED:
            shutil.rmtree(old)
    return made / "root"


def _make(root: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wheels = _wheels(Path(scratch))
        hooks = [
            'chroot "$1" apt-get install --download-only -y -qq --no-install-recommends ' + " ".join(TO_INSTALL),
            'mkdir "$1/packages" && mv "$1"/var/cache/apt/archives/*.deb "$1/packages"',
            f'cp -r "{wheels}" "$1/packages/wheels"',
            f'PYTHONPATH="{ROOT}" "{sys.executable}" -P "{__file__}" "$1/packages"',
            'echo "deb [trusted=yes] file:/packages ./" > "$1/etc/apt/sources.list"',
            'rm -r "$1"/var/lib/apt/lists/* && chroot "$1" apt-get update -qq',
            r'printf "127.0.0.1 localhost\n127.0.1.1 school\n" > "$1/etc/hosts" && echo school > "$1/etc/hostname"',
            ': > "$1/etc/resolv.conf"',
            r'printf "[global]\nno-index = true\nfind-links = /packages/wheels\n" > "$1/etc/pip.conf"',
        ]
        unread = [f"--dpkgopt=path-exclude=/usr/share/{what}/*" for what in ("man", "locale", "doc")]
        make = ["mmdebstrap", "--quiet", "--variant=minbase", "--format=directory", "--skip=cleanup/apt", *unread]
        what = [f"--include={','.join(THERE)}", *(f"--customize-hook={hook}" for hook in hooks)]
        _do(*make, *what, "bookworm", str(root), TMPDIR=str(root.parent))


def _wheels(to: Path) -> Path:
    """What requirements.lock names, for the Python of Debian 12."""
    machine = platform.machine()
    places = [f"manylinux_{glibc}_{machine}" for glibc in ("2_36", "2_34", "2_28", "2_17", "2_12", "2_5")] + [
        f"manylinux{year}_{machine}" for year in ("2014", "2010", "1")
    ]
    pip = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    here = ["--only-binary=:all:", "--python-version=3.11", "--implementation=cp", "--abi=cp311", "--abi=abi3", "--abi=none"]
    _do(*pip, *here, *(f"--platform={place}" for place in places), "-r", str(ROOT / "requirements.lock"), "-d", str(to))
    return to


def list_packages(folder: Path) -> None:
    """Write the list that apt reads, of the packages in `folder`."""
    entries = []
    for package in sorted(folder.glob("*.deb")):
        about = subprocess.run(["dpkg-deb", "-f", str(package)], capture_output=True, text=True, check=True).stdout
        sum_ = hashlib.sha256(package.read_bytes()).hexdigest()
        entries.append(f"{about}Filename: ./{package.name}\nSize: {package.stat().st_size}\nSHA256: {sum_}\n")
    (folder / "Packages").write_text("\n".join(entries))


def _do(*command: str, **environment: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | environment)
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout}"


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str


class Machine:
    """A bare Debian that has just been switched on; `root` is its disk, seen from here."""

    def __init__(self, folder: Path, onto: Path | None = None) -> None:
        self._folder = folder
        for name in ("changed", "work", "root"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.root = folder / "root"
        lower = f"{onto}:{image()}" if onto else image()
        layers = f"lowerdir={lower},upperdir={folder / 'changed'},workdir={folder / 'work'}"
        _do("mount", "-t", "overlay", "overlay", "-o", layers, str(self.root))
        self.switch_on()

    def switch_on(self) -> None:
        """Returns once systemd says that it has started everything."""
        boot = ["systemd-nspawn", "--quiet", "--boot", f"--directory={self.root}", "--private-network", "--console=pipe"]
        apart = ["--register=no", "--keep-unit", "--link-journal=no", "--resolv-conf=off", "--timezone=off", "--machine=school"]
        with (self._folder / "console").open("wb") as console:
            self._nspawn = subprocess.Popen([*boot, *apart], stdin=subprocess.DEVNULL, stdout=console, stderr=console)
        children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children")
        end = time.monotonic() + 60
        while True:
            assert self._nspawn.poll() is None and time.monotonic() < end, (self._folder / "console").read_text()
            time.sleep(0.1)
            if first := children.read_text().split():
                self._first = first[-1]
                if self.run("systemctl is-system-running").out.strip() in ("running", "degraded"):
                    return

    def run(self, script: str, *, shell: str = "/bin/bash", typed: str = "", **environment: str) -> Done:
        """What root's shell makes of `script`, in an environment as `su -` gives it unless told otherwise."""
        inside = ["nsenter", "-t", self._first, "-a", "--wdns=/", "env", "-i"]
        variables = [f"{name}={value}" for name, value in ({**HOME, **environment}).items()]
        done = subprocess.run(
            [*inside, *variables, shell, "-c", script], input=typed, capture_output=True, text=True, timeout=300
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def do(self, script: str, **how: str) -> str:
        """As `run`; a script of which a line fails is an AssertionError with its words."""
        done = self.run(f"set -e\n{script}", **how)
        assert done.code == 0, f"{script}\n{done.out}{done.err}\n{self.run('journalctl -n 40 --no-pager').out}"
        return done.out

    def keep(self, folder: Path) -> None:
        """Keep what has been done on this machine so far, as `kept`; another can be switched on `onto` it."""
        _do("cp", "-a", str(self._folder / "changed"), str(folder))
        self.kept = folder

    def switch_off(self) -> None:
        with suppress(ProcessLookupError):
            self._nspawn.terminate()
        self._nspawn.wait(timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.switch_off()
        _do("umount", "--lazy", str(self.root))
        shutil.rmtree(self._folder)


def blocks(document: Path) -> dict[str, list[str]]:
    """The blocks of commands in a document, under the headings they stand under."""
    found: dict[str, list[str]] = {}
    for section in re.split(r"(?m)^#+ ", document.read_text(encoding="utf-8"))[1:]:
        if these := re.findall(r"(?ms)^```\n(.+?)^```$", section):
            found[section.partition("\n")[0]] = these
    return found


if __name__ == "__main__":
    list_packages(Path(sys.argv[1]))
