"""pack: the inspection pack as a file, its pages set by the real typesetter."""

import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records import evidence
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.store import migrations
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests import pdf
from tests.commands.outcomes import refused
from tests.services.test_inspection import HOSTILE

LOU, TESS = "lou@wrenfield.example", "tess@wrenfield.example"


def held(path):
    """The names in a pack without its folder, and its document."""
    with zipfile.ZipFile(path) as pack:
        names = [name.partition("/")[2] for name in pack.namelist()]
        [document] = [pack.read(name) for name in pack.namelist() if name.endswith(".pdf")]
    return names, document


def test_of_the_whole_school_with_names_that_no_table_is_made_for(peopled, data, tmp_path):
    db = migrations.open_database(data / "induction.db", datetime.now(UTC))
    with transaction(db):
        for number, (who, name) in enumerate([*HOSTILE.items(), *((f"s{n}", f"Staff {n}") for n in range(90))]):
            email = f"{'an.address.without.any.end.' * 4}{who}@wrenfield.example" if number == 0 else f"{who}@wrenfield.example"
            people.add(db, Details(email, name, Role.TEACHER), now=datetime.now(UTC))
    before = db.value("select count(*) from acts")
    out = tmp_path / "pack.zip"
    done = peopled("pack", "--by", LOU, "--output", out)
    assert (done.code, done.out) == (0, "") and "Setting the pages" in done.err
    assert out.stat().st_mode & 0o777 == 0o600
    names, document = held(out)
    assert {"inspection-pack.pdf", "csv/people.csv", "csv/completions.csv", "evidence/evidence.csv", "evidence/verify.py"} <= set(names)
    about, said = pdf.about(document), pdf.text(document)
    assert about["Tagged"] == "yes" and about["Title"] == "Inspection pack, Wrenfield School" and b"pdfuaid:part" in document
    assert "for Lou Hartley" in said and "99 people were here" in said
    plain = "".join(said.split()).replace("\u200b", "")
    assert all("".join(HOSTILE[each].split()) in plain for each in ("formula", "minus")) and "Ŵ" in plain and plain.count("ŷ") == 198
    head = evidence.latest(db).head
    assert f"inductionverify--head{head[:16]}," in plain and head[:32] in plain and head[32:] in plain
    assert plain.count("Namethatday") > 2, "each page of the table begins with its heads"
    assert db.value("select count(*) from acts") == before, "looking changes nothing"
    db.close()
    _nothing_is_clipped(document)
    assert refused(peopled("pack", "--output", out), "is there already")


def _nothing_is_clipped(document):
    """Every word lies within the margins of its page."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=document, capture_output=True, check=True).stdout.decode()
    rights = [float(each.partition('xMax="')[2].partition('"')[0]) for each in done.splitlines() if "<word" in each]
    assert len(rights) > 500 and max(rights) < 595 - 17 / 25.4 * 72 + 1


def test_of_one_person_on_one_page(peopled, tmp_path):
    out = tmp_path / "tess.zip"
    assert peopled("pack", "--person", TESS, "--output", out).code == 0
    names, document = held(out)
    assert "csv/conversations.csv" in names and not any(each.startswith(("policy/", "evidence/")) for each in names)
    said = " ".join(pdf.text(document).split())
    assert pdf.about(document)["Pages"] == "1" and "Max" not in said
    assert "Tess Okafor, teacher" in said and "tess@wrenfield.example. Due by" in said and "Nothing had been completed by then." in said


def test_as_at_a_day_it_is_named_by(peopled, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    yesterday = date.today() - timedelta(days=2)
    assert peopled("pack", "--as-at", yesterday.isoformat()).code == 0
    [path] = tmp_path.glob("inspection-pack-*.zip")
    assert path.name == f"inspection-pack-{yesterday}.zip"
    said = pdf.text(held(path)[1])
    assert "As at the end of" in said and "Nobody was here." in said and "of the day on which this was made" in said


@pytest.mark.parametrize("words, why", [
    (("--as-at", "2099-12-31"), "to come"), (("--person", "eve@wrenfield.example"), "Nobody here has the email"),
    (("--by", "eve@wrenfield.example"), "Nobody here has the email"),
    (("--person", TESS, "--as-at", "2020-01-01"), "Nobody of that name was known here by then."),
])  # fmt: skip
def test_what_is_refused(peopled, tmp_path, words, why):
    assert refused(peopled("pack", *words, "--output", tmp_path / "p.zip"), why)
    assert not (tmp_path / "p.zip").exists() and list(tmp_path.glob(".*")) == []


def test_without_a_school_there_is_nothing_to_pack(run):
    assert run("pack").code == 1
