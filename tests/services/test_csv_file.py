"""What a spreadsheet opens is what was written."""

import csv
import io

import pytest

from induction.services.spreadsheet.csv_file import csv_text


@pytest.mark.parametrize("cell", ["=1+1", "+44 1632", "-5", "@sum", "\tx", "\rx", "\nx", "＝1", "'=1", "''=1"])
def test_what_a_spreadsheet_would_run_is_made_text_and_reads_back(cell):
    text = csv_text(["name"], [{"name": cell}])
    assert text.startswith("\ufeffname\r\n")
    [_, [written]] = csv.reader(io.StringIO(text, newline=""))
    assert written == f"'{cell}"


@pytest.mark.parametrize("cell", ["O’Neill", "'quoted'", "a=b", "", "Tess, “T”", 90, None])
def test_other_cells_stay_as_they_are(cell):
    text = csv_text(["name", "mark"], [{"mark": 1, "name": cell}])
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert (header, row) == (["name", "mark"], ["" if cell is None else str(cell), "1"])
