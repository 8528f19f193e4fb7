"""docs/running.md and the README, followed word for word on a bare Debian 12 by a technician whose umask is 077.

Nothing of the machine is stood in for but the technician's hand (`editor`), the place that the program comes from
(ADDRESS), and the internet: Debian's packages and Python's come from folders, and Caddy signs its certificate itself,
as it does for every name under `localhost`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import ROOT, copy_of_the_checkout
from tests.machine.debian import Machine, blocks

RUNNING, README = ROOT / "docs/running.md", ROOT / "README.md"
NAME = "induction.localhost"
EDITOR = f"""#!/bin/sh
case $1 in
*client-secret) echo secret >"$1" ;;
*.smtp) echo 'smtp://127.0.0.1?from=induction@school.example' >"$1" ;;
*) sed -i 's/induction[.]school[.]example/{NAME}/' "$1" ;;
esac
"""
BACKUPS = "/var/lib/induction/backups"
AUTHORITY = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
LITESTREAM = Path(sys.executable).parent / "litestream"


class Technician:
    """Somebody who follows docs/running.md on a machine of their own."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.run = machine.run

    def do(self, script: str, **how: str) -> str:
        return self.machine.do(f"umask 077; cd\n{script}", **how)

    def follow(self, heading: str, number: int = 0, **placeholders: str) -> str:
        """Paste a block of the document; its words in capitals are what `placeholders` says."""
        script = blocks(RUNNING)[heading][number]
        for word, value in placeholders.items():
            assert word in script
            script = script.replace(word, value)
        return self.do(script)

    def ask(self, path: str) -> str:
        """The status and the first words of an answer, through Caddy."""
        return self.do(
            "python3 - <<'END'\n"
            "import ssl, urllib.error, urllib.request\n"
            f"trusted = ssl.create_default_context(cafile='{AUTHORITY}')\n"
            "try:\n"
            f"    answer = urllib.request.urlopen('https://{NAME}{path}', context=trusted, timeout=60)\n"
            "except urllib.error.HTTPError as error:\n"
            "    answer = error\n"
            "print(answer.status, answer.read().decode())\n"
            "END"
        )


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with Machine(tmp_path_factory.mktemp("machine")) as machine:
        prepare(machine)
        yield machine


def prepare(machine: Machine) -> None:
    """The technician's hand, the name of the machine, and where the program comes from."""
    editor = machine.root / "usr/local/bin/editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    machine.do(f"echo 127.0.0.1 {NAME} >> /etc/hosts")
    publish(machine.root, "The version before")


def publish(root: Path, said: str) -> None:
    """Where the program comes from is given a commit of this checkout as it is."""
    origin = root / "srv/origin"
    git = ["git", "-C", str(origin), "-c", "user.name=T", "-c", "user.email=t@school.example"]
    if not origin.exists():
        copy_of_the_checkout(origin)
        subprocess.run(["git", "init", "-q", "-b", "main", str(origin)], check=True)
    (origin / "deploy/said").write_text(said)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", said], check=True)


@pytest.fixture(scope="module")
def installed(machine, tmp_path_factory) -> Technician:
    technician = Technician(machine)
    said = technician.follow("Install", ADDRESS="/srv/origin")
    machine.keep(tmp_path_factory.mktemp("kept") / "installed")
    assert re.search(rf"https://{NAME}/first-run/\S+", said), said
    technician.follow("Behind Caddy")
    technician.do(  # as the world trusts the certificate of a school
        f"for n in $(seq 100); do [ ! -f {AUTHORITY} ] || break; sleep 0.2; done;"
        f" install -D -m 644 {AUTHORITY} /usr/local/share/ca-certificates/caddy.crt; update-ca-certificates >/dev/null 2>&1"
    )
    technician.do("induction people add lou@school.example --name Lou --role lead")
    return technician


def test_the_service_runs_as_its_own_account_and_answers_behind_debians_caddy(installed):
    assert installed.do("caddy version").startswith("2.6.2")
    assert installed.ask("/healthz").startswith("200 ")
    assert installed.ask("/readyz").startswith("200 ")
    assert "Sign in" in installed.ask("/")
    owners = installed.do("find /var/lib/induction -not -user induction; find /opt/induction -not -user root")
    assert owners == ""
    assert installed.do("stat -c '%a %U' /etc/induction.env") == "600 root\n"
    assert installed.do("find /opt/induction -not -type l -perm /o=w; find /opt/induction -not -perm -o=r") == ""
    assert "Serving on" in installed.do("journalctl -u induction --no-pager")


def test_the_service_reads_what_root_has_compiled(installed):
    """The service may not write beside the program, so a start that had to compile it would do so each time."""
    missing = installed.do(
        "cd /opt/induction/induction && find . -name '*.py' | while read -r f; do"
        ' d=$(dirname "$f")/__pycache__/$(basename "$f" .py).cpython-311.pyc; [ "$d" -nt "$f" ] || echo "$f"; done'
    )
    assert missing == ""


def test_words_come_from_caddy_while_the_service_is_away(installed):
    installed.do("systemctl stop induction")
    try:
        answer = installed.ask("/")
    finally:
        installed.do("systemctl start induction")
    assert answer.startswith("502 ")
    assert "What was saved is safe." in answer


def test_mail_is_set_up_and_an_invitation_arrives(installed):
    """At a relay on this machine, in the service's own unit."""
    installed.do("systemd-run --quiet --unit=relay python3 -u -W ignore -m smtpd -n -c DebuggingServer 127.0.0.1:25")
    try:
        installed.follow("Mail")
        said = installed.do("induction people add ida@school.example --name 'Ida Brook' 2>&1")
        assert "A letter with the invitation to ida@school.example is on its way." in said
        arrived = installed.do(
            "for n in $(seq 60); do journalctl -u relay --no-pager -o cat | grep -q 'To: ida@school.example' && break; sleep 0.5; done;"
            " journalctl -u relay --no-pager -o cat"
        )
        assert "To: ida@school.example" in arrived and "From: " in arrived and "induction@school.example" in arrived
        assert "ok    mail" in installed.run("induction doctor").out
        assert "Sent 0" in installed.do("induction send-mail 2>&1")
        assert installed.do("stat -c '%a %U %G' /etc/induction.smtp") == "640 root induction\n"
    finally:
        installed.do(
            "sed -i '/INDUCTION_SMTP_FILE/d' /etc/induction.env; rm -r /etc/systemd/system/induction.service.d;"
            " systemctl daemon-reload; systemctl restart induction; systemctl stop relay"
        )


SET_UP_GOOGLE = """cd /opt/induction && runuser -u induction -- .venv/bin/python -P - <<'END'
from datetime import UTC, datetime
from pathlib import Path
from induction.records.store.database import Database
from induction.rules.openid import google
from induction.services import providers
from induction.settings import Settings
data = Path("/var/lib/induction")
asked = google("1.apps.googleusercontent.com", "secret", "school.example")
providers.set_up(Database(data / "induction.db"), Settings(data), asked, lambda _: True, by=None, now=datetime.now(UTC))
END"""


def test_signing_in_elsewhere_is_set_up_on_the_server_and_taken_away_where_nobody_gets_in(installed):
    installed.follow("Signing in with Google or Microsoft", 0)
    assert "AF_INET" in installed.do("systemctl cat induction") and installed.ask("/readyz").startswith("200 ")
    try:
        installed.follow("Signing in with Google or Microsoft", 1, TENANT="11111111-2222-3333-4444-555555555555")
        assert "Sign in with Microsoft" in installed.ask("/sign-in")
        assert installed.do("stat -c '%a %U %G' /etc/induction-client-secret") == "640 root induction\n"
        installed.do(SET_UP_GOOGLE)
        assert "Sign in with Google" in installed.ask("/sign-in")
        said = installed.follow("Signing in with Google or Microsoft", 2)
        assert "Microsoft" in said and "Sign in with Google" not in installed.ask("/sign-in")
    finally:
        installed.do(
            "sed -i '/INDUCTION_OIDC/d' /etc/induction.env; rm -rf /etc/systemd/system/induction.service.d /etc/induction-client-secret;"
            " systemctl daemon-reload; systemctl restart induction"
        )


def test_the_site_makes_a_backup_by_itself_copies_it_to_the_second_folder_and_proves_it(installed):
    """In the service's own unit, on a clock that is two nights ahead."""
    installed.do("mkdir -p /mnt/backup; mount -t tmpfs -o size=64m none /mnt/backup")
    try:
        installed.follow("Backup")
        drilled = in_two_nights(installed, "induction doctor | grep -o 'daily-.*signed in and opened the overview'")
        assert drilled, installed.run("journalctl -u induction -o cat -n 30 --no-pager").out
        copy = installed.do("find /mnt/backup -name 'daily-*.zip'").strip()
        assert installed.do(f"stat -c '%a %U' /mnt/backup {copy}") == "700 induction\n600 induction\n"
        assert installed.do(f"cmp {copy} {BACKUPS}/{Path(copy).name}") == ""
        assert "was copied to /mnt/backup on" in installed.run("induction doctor").out
    finally:
        installed.do("umount /mnt/backup")
    installed.do("sed -i /INDUCTION_BACKUP_COPY/d /etc/induction.env; systemctl restart induction")


def in_two_nights(technician: Technician, look: str) -> str:
    """What a command finds once it finds something, while the service believes that it is the day after tomorrow."""
    return technician.do(
        "apt-get install -y -qq faketime >/dev/null; later=/etc/systemd/system/induction.service.d/later.conf\n"
        "printf '[Service]\nEnvironment=LD_PRELOAD=%s FAKETIME=+2d FAKETIME_DONT_FAKE_MONOTONIC=1\n'"
        " $(echo /usr/lib/*/faketime/libfaketime.so.1) > $later; systemctl daemon-reload; systemctl restart induction\n"
        f"for _ in $(seq 300); do found=$({look} || true); [ -z \"$found\" ] || break; sleep 0.2; done\n"
        "rm $later; systemctl daemon-reload; systemctl stop induction\n"
        "runuser -u induction -- python3 -c \"import sqlite3; db = sqlite3.connect('/var/lib/induction/induction.db');"
        " db.execute('delete from certificate_seen'); db.commit()\"\n"  # in two nights Caddy's own has expired
        "systemctl start induction; echo $found"
    )


def test_litestream_copies_the_running_site_and_brings_it_back(installed):
    """The program is the one of the tests' own environment."""
    shutil.copy2(LITESTREAM, installed.machine.root / "usr/local/bin/litestream")
    installed.follow("Continuous copy", 0)
    installed.do("induction people add lia@school.example --name Lia")
    synced = "litestream sync -wait -socket /run/induction-litestream/socket /var/lib/induction/induction.db"
    assert f"`{synced}`" in RUNNING.read_text(encoding="utf-8")
    installed.do(f"for _ in $(seq 50); do {synced} && exit; sleep 0.2; done; journalctl -u induction-litestream; exit 1")
    installed.do("systemctl stop induction induction-litestream; rm /var/lib/induction/induction.db*")
    installed.follow("Continuous copy", 1)
    assert "Lia" in installed.do("induction people list")
    assert installed.ask("/readyz").startswith("200 ")
    installed.do("systemctl disable --now induction-litestream; rm -rf /var/lib/induction/.induction.db-litestream /mnt/backup/litestream")


def test_a_backup_is_restored(installed):
    installed.do("induction people add tess@school.example --name Tess")
    file = installed.do("induction backup").strip()
    installed.do(f"mv {file} monday.zip; systemctl stop induction; rm /var/lib/induction/induction.db*")
    installed.follow("Restore", FILE="monday.zip")
    assert "Tess" in installed.do("induction people list")
    assert installed.ask("/readyz").startswith("200 ")


def test_an_upgrade_says_what_changed_in_deploy(installed):
    publish(installed.machine.root, "The version after")
    said = installed.follow("Upgrade")
    assert "deploy/said" in said
    assert installed.do("cat /opt/induction/deploy/said") == "The version after"
    assert installed.ask("/readyz").startswith("200 ")
    assert installed.do("find /opt/induction -not -perm -o=r") == "", "the service can read what was pulled"


def test_an_upgrade_is_taken_back_as_the_page_says(installed):
    publish(installed.machine.root, "A version that will not do")
    installed.do("git -C /opt/induction pull")
    back = ("git -C /opt/induction reset --hard ORIG_HEAD", "/opt/induction/run --help")
    assert "`, then `".join(back) in RUNNING.read_text(encoding="utf-8")
    installed.do("\n".join((*back, "systemctl restart induction")))
    assert installed.do("cat /opt/induction/deploy/said") == "The version after"
    assert installed.ask("/readyz").startswith("200 ")


def test_somebody_who_is_not_root_is_taken_through_sudo(installed):
    installed.do("useradd --create-home tech; echo 'tech ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/tech")
    asked = "cd /tmp && exec setpriv --reuid=tech --regid=tech --init-groups env -i PATH=/usr/local/bin:/usr/bin:/bin "
    assert "lou@school.example" in installed.do(f"{asked} induction people list")


@pytest.mark.parametrize("path", ["/usr/bin:/bin", "/usr/local/bin:/usr/bin:/bin"])
def test_the_command_works_in_crons_environment(installed, path):
    said = installed.do("/usr/local/bin/induction people list", shell="/bin/sh", PATH=path, SHELL="/bin/sh")
    assert "lou@school.example" in said


def test_the_program_as_the_readme_starts_it_and_the_demonstration_leave_the_school_alone(installed):
    """The README's commands in any order: `./run` beside a running service refuses in a sentence and changes no owner."""
    refused = installed.run("/opt/induction/run")
    assert refused.code == 1 and "Traceback" not in refused.err, refused.err
    started = installed.do(
        "cd /opt/induction && { ./run serve --demo --listen 127.0.0.1:8800 >/var/tmp/demo 2>&1 & }\n"
        "for _ in $(seq 600); do grep -q 'Serving on' /var/tmp/demo && break; sleep 0.1; done; kill $!; cat /var/tmp/demo"
    )
    assert "Serving on" in started, started
    assert installed.do("find /var/lib/induction -not -user induction") == ""
    assert installed.ask("/readyz").startswith("200 ")


COMMANDS = ("apt", "chown", "induction", "journalctl", "rsync", "sudo", "su", "systemctl", "/opt/induction/run", "./run")
SHOWN = {  # what the page names in a sentence, beside what stands in its blocks
    "sudo -i", "su -", "systemctl edit induction", "./run serve --demo", "journalctl -u induction -f",
    "rsync -a --include='daily-*' --exclude='*' root@induction.school.example:/var/lib/induction/backups/ …",
    "induction drill FILE", "induction drill --key FILE", "induction restore FILE --key KEYFILE", "/opt/induction/run",
    "apt purge -y caddy", "systemctl disable --now induction-litestream", "chown induction: /var/lib/induction/erased.json",
    "induction", "sudo", "induction send-mail", "induction people invite EMAIL", "induction people password EMAIL --password-stdin",
    "induction people reset-second-step EMAIL", "induction first-run", "induction people add EMAIL --name NAME --role lead",
    "induction verify --head HEX", "induction restore", "induction people erase EMAIL", "git -C /opt/induction reset --hard ORIG_HEAD",
    "/opt/induction/run --help", f"induction restore --older {BACKUPS}/replaced-…",
}  # fmt: skip
TRIED = (
    "chown -R induction: /var/lib/induction", "chown -R root: /opt/induction", "induction doctor", "induction backup",
    "induction backup-key", "induction drill", "induction pack", "induction verify", "journalctl -u induction", "journalctl -u caddy",
    "systemctl restart induction",
    "systemctl daemon-reload", "induction backup /media/stick/monday.zip",
)  # fmt: skip


def test_what_the_page_says_in_sentences_works_too(installed):
    installed.do("mkdir -p /media/stick")
    for command in TRIED:
        installed.do(f"{command} | head -n 50" if command.startswith("journalctl") else command)
    assert installed.ask("/readyz").startswith("200 ")


def test_the_school_moves_to_another_machine_and_is_then_uninstalled(installed, tmp_path):
    """The other machine is one on which *Install* has been followed, and no more."""
    file = installed.follow("Moving to another machine").strip()
    assert installed.run("systemctl is-active induction").out == "inactive\n"
    with Machine(tmp_path / "other", onto=installed.machine.kept) as other:
        there = Technician(other)
        assert "lou@school.example" not in there.do("induction people list")
        shutil.copy2(installed.machine.root / file.lstrip("/"), other.root / "root/carried.zip")
        there.follow("Restore", FILE="carried.zip")
        assert "lou@school.example" in there.do("induction people list")
    installed.follow("Uninstall", 0)
    assert installed.run("command -v induction").code == 1
    assert installed.do(f"ls {BACKUPS}"), "the school's data are there still"
    installed.follow("Uninstall", 1)
    assert installed.do("ls -d /opt/* /var/lib/induction /etc/induction* 2>/dev/null || true") == ""
    assert installed.run("getent passwd induction").code == 2


def test_every_command_of_the_page_is_followed_here():
    text, source = RUNNING.read_text(encoding="utf-8"), Path(__file__).read_text(encoding="utf-8")
    for heading, scripts in blocks(RUNNING).items():
        followed = re.findall(rf'follow\("{re.escape(heading)}"(?:, (\d))?', source)
        assert {int(number or 0) for number in followed} == set(range(len(scripts))), heading
    named = {words for words in re.findall(r"`([^`\n]+)`", text) if words.split()[0] in (*COMMANDS, "git") and words != "git"}
    assert named - SHOWN - set(TRIED) == set(), "new words on the page: try them here"
    assert (SHOWN | set(TRIED)) - named == set()
