"""Add up the reports of several runs of pytest and print one closing line. Exit code 1 if none of them ran a test."""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree


def total(reports: list[Path]) -> Counter[str]:
    """Tests, failures (errors among them) and skips of all reports together."""
    sums: Counter[str] = Counter()
    for report in reports:
        for suite in ElementTree.parse(report).iter("testsuite"):
            sums["tests"] += int(suite.attrib["tests"])
            sums["failed"] += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
            sums["skipped"] += int(suite.attrib["skipped"])
    return sums


if __name__ == "__main__":
    sums = total([Path(name) for name in sys.argv[1:]])
    passed = sums["tests"] - sums["failed"] - sums["skipped"]
    skipped = f", {sums['skipped']} skipped" if sums["skipped"] else ""
    print(f"Total: {passed} passed, {sums['failed']} failed{skipped}")
    sys.exit(0 if sums["tests"] else 1)
