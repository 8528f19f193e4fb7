"""Litestream copies a running site; the machine dies; elsewhere nothing that was acknowledged and copied is lacking."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.learner import Learner, Wise, read
from tests.faults.server import Server, command
from tests.faults.test_killed import answer_until
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
LITESTREAM, WEED = (Path(sys.executable).parent / name for name in ("litestream", "weed"))
KEY, SECRET = "the-schools-key", "a-secret-of-the-school"


def settings(folder: Path, data: Path, replica: str) -> Path:
    """deploy/litestream.yml with the paths of this test; a `replica` with a scheme is a bucket's address, and its lines are taken."""
    text = (ROOT / "deploy/litestream.yml").read_text()
    if "://" in replica:
        text = re.sub(r"\n      type: file\n.*", "", text)
        text = re.sub(r"# ((?:type|bucket|path|endpoint|region|force-path-style|access-key-id|secret-access-key): )", r"\1", text)
    there = {"/var/lib/induction": str(data), "/run/induction-litestream/socket": str(folder / "socket")}
    there |= {"https://s3.school.example" if "://" in replica else "/mnt/backup/litestream": replica}
    for theirs, ours in there.items():
        assert theirs in text
        text = text.replace(theirs, ours)
    (folder / "litestream.yml").write_text(text)
    return folder / "litestream.yml"


def environment() -> dict[str, str]:
    """With the keys of the bucket, and nothing that this machine says of others."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return rest | {"LITESTREAM_ACCESS_KEY_ID": KEY, "LITESTREAM_SECRET_ACCESS_KEY": SECRET}


@contextmanager
def replicating(config: Path) -> Iterator[subprocess.Popen[bytes]]:
    log = (config.parent / "litestream.log").open("wb")
    program = subprocess.Popen([LITESTREAM, "replicate", "-config", config], stdout=log, stderr=log, env=environment())
    try:
        yield program
    finally:
        program.kill()
        program.wait()
        log.close()


def copied(folder: Path, data: Path) -> None:
    """Returns once all that was written up to now is in the replica."""
    until = time.monotonic() + 60
    while True:
        done = subprocess.run(
            [LITESTREAM, "sync", "-wait", "-socket", folder / "socket", data / "induction.db"], capture_output=True, text=True
        )
        if done.returncode == 0:
            return
        assert time.monotonic() < until, done.stderr + (folder / "litestream.log").read_text()
        time.sleep(0.1)


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "litestream"
    folder.mkdir()
    return folder


@pytest.fixture
def bucket(tmp_path) -> Iterator[str]:
    """The address of a server that speaks S3, with an empty bucket `induction` that our key alone opens."""
    folder = tmp_path / "weed"
    folder.mkdir()
    names = ("master", "volume", "filer", "s3", "master.grpc", "volume.grpc", "filer.grpc", "s3.grpc")
    ports = dict(zip(names, (free_port() for _ in names), strict=True))
    mine = {"name": "school", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "keys.json").write_text(json.dumps({"identities": [mine]}))
    options = [f"-{name.replace('.', '.port.') if '.' in name else name + '.port'}={port}" for name, port in ports.items()]
    options += [f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=64"]
    with (folder / "log").open("wb") as log:
        program = subprocess.Popen(
            [WEED, "server", "-s3", f"-s3.config={folder / 'keys.json'}", *options], stdout=log, stderr=log, env=environment()
        )
    try:
        make_bucket(ports, program, folder / "log")
        yield f"http://127.0.0.1:{ports['s3']}"
    finally:
        program.kill()
        program.wait()


def make_bucket(ports: dict[str, int], program: subprocess.Popen[bytes], log: Path) -> None:
    at = [f"-{name}=127.0.0.1:{ports[name]}.{ports[f'{name}.grpc']}" for name in ("master", "filer")]
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", ports["s3"]), 1).close()
            done = subprocess.run(
                [WEED, "shell", *at], input="s3.bucket.create -name induction\n", capture_output=True, text=True, timeout=20
            )
            assert "created bucket induction" in done.stdout, done.stdout + done.stderr
            return
        except (OSError, subprocess.TimeoutExpired):
            assert program.poll() is None and time.monotonic() < until, log.read_text()[-3000:]
            time.sleep(0.2)


def test_a_machine_that_dies_loses_nothing_that_was_copied_to_a_folder(data, wise, work, tmp_path):
    die(data, wise, work, tmp_path, str(tmp_path / "replica"))


def test_a_machine_that_dies_loses_nothing_that_was_copied_to_a_bucket(data, wise, work, tmp_path, bucket):
    die(data, wise, work, tmp_path, bucket)


def die(data: Path, wise: Wise, work: Path, tmp_path: Path, replica: str) -> None:
    """A site is answered and copied, then site, Litestream and disk are gone at once."""
    config = settings(work, data, replica)
    with Server(data) as server, replicating(config) as litestream:
        learners = [Learner(server.sign_in(who), wise) for who in ("tess", "sam", "s1", "s2")]
        stop, wrong = threading.Event(), []
        threads = [threading.Thread(target=answer_until, args=(learner, stop, wrong)) for learner in learners]
        for thread in threads:
            thread.start()
        wait_for(learners, 40)
        before = [each for learner in learners for each in list(learner.saved)]
        copied(work, data)  # while they go on
        wait_for(learners, len(before) + 10)
        litestream.send_signal(signal.SIGKILL)
        server.kill()
        stop.set()
        for thread in threads:
            thread.join()
        assert not wrong, wrong
    shutil.rmtree(data)
    come_back(config, data, tmp_path, before)


def wait_for(learners: list[Learner], count: int) -> None:
    until = time.monotonic() + 60
    while sum(len(learner.saved) for learner in learners) < count:
        assert time.monotonic() < until
        time.sleep(0.02)


def come_back(config: Path, data: Path, tmp_path: Path, saved: list) -> None:
    """As docs/running.md says, on an empty machine."""
    out = tmp_path / "fetched.db"
    subprocess.run([LITESTREAM, "restore", "-config", config, "-o", out, data / "induction.db"], check=True, env=environment())
    done = command(data, "restore", str(out))
    assert done.returncode == 0, done.stderr
    kept = read(data / "induction.db")
    print(f"{len(saved)} answers acknowledged and copied before the machine died")
    assert kept.lacks(saved) == []
    doctor = command(data, "doctor")
    assert doctor.returncode == 0, doctor.stdout


def test_after_coming_back_it_goes_on_into_the_same_place(data, wise, work, tmp_path):
    config = settings(work, data, str(tmp_path / "replica"))
    with Server(data) as server, replicating(config):
        first = Learner(server.sign_in("tess"), wise)
        while len(first.saved) < 3:
            first.answer()
        copied(work, data)
        server.kill()
    shutil.rmtree(data)
    come_back(config, data, tmp_path, first.saved)
    with Server(data) as server, replicating(config):
        second = Learner(server.sign_in("sam"), wise)
        while len(second.saved) < 3:
            second.answer()
        copied(work, data)
        server.kill()
    shutil.rmtree(data)
    (tmp_path / "fetched.db").unlink()
    come_back(config, data, tmp_path, [*first.saved, *second.saved])
