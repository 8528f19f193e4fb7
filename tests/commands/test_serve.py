"""serve and first-run; starting where it can't be."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from induction.settings import HOME
from tests.commands.outcomes import refused


def test_first_run_prints_a_link_until_there_is_a_lead(run):
    first, second = run("first-run"), run("first-run")
    assert first.out.startswith("http://127.0.0.1:8000/first-run/") and first.out != second.out
    run("people", "add", "lou@x.example", "--name", "Lou Hartley", "--role", "lead")
    assert refused(run("first-run"), "set up already")


def serve(folder, *words, env=None):
    """`induction serve` as a program of its own, which is to end by itself."""
    environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(folder), "HOME": str(folder)} | (env or {})
    command = [sys.executable, "-m", "induction", "serve", *words]
    return subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)


def ended(done, *words, code=1):
    assert done.returncode == code, done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr and all(word in done.stderr for word in words), (
        done.stderr
    )
    return True


def test_a_port_that_is_taken_is_said(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert ended(serve(data, "--listen", f"127.0.0.1:{port}"), str(port), "--listen")


def test_beyond_this_machine_it_needs_its_public_address_and_https(data):
    assert ended(serve(data, "--listen", "0.0.0.0:8310"), "INDUCTION_URL", code=2)
    insecure = {"INDUCTION_URL": "http://induction.x.example"}
    assert ended(serve(data, "--listen", "0.0.0.0:8310", env=insecure), "--insecure-http", code=2)
    assert ended(serve(data, "--listen", "0.0.0.0:8310", "--demo"), "this machine alone")


AS_NOBODY = """
import os, sys
from induction.commands import main
if os.geteuid() == 0:  # root may write anywhere
    os.setegid(65534), os.seteuid(65534)
sys.exit(main(["serve", "--listen", "127.0.0.1:0"]))
"""


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_data_folder_one_may_not_write(mode):
    """Somebody else's, or read-only."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="induction-") as made:
        folder = Path(made) / "data"
        folder.mkdir()
        os.chmod(made, 0o755)
        os.chmod(folder, mode)
        environment = {"PATH": os.environ["PATH"], "INDUCTION_DATA": str(folder)}
        command = [sys.executable, "-B", "-c", AS_NOBODY]
        done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, timeout=60)
        os.chmod(folder, 0o700)
        assert ended(done, "data")
        assert list(folder.iterdir()) == []
