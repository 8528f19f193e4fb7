"""`./run bench [--only PART]`: what the site costs, most of it as ratios to a bare page measured in the same run."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.ports import free_port

from .client import Server
from .measuring import Report
from .parts import PARTS, School

SIZES = (100, 1_000, 10_000)


def main() -> int:
    parser = argparse.ArgumentParser("./run bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, metavar="PART", help=f"one of {', '.join(PARTS)}")
    parser.add_argument("--people", type=int, choices=SIZES, help="one size of school alone")
    chosen = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="induction-bench-") as name:
        folder = Path(name)
        port = free_port()
        bare = Server(["-m", "tests.bench.bare", str(folder), str(port)], port)
        for people in [chosen.people] if chosen.people else SIZES:
            print(f"\n{people:,} people", flush=True)
            school = School(folder / str(people), people, report, bare)
            for part in [chosen.only] if chosen.only else PARTS:
                PARTS[part](school)
            school.server.stop()
        bare.stop()
    print(f"\nOver the limit: {', '.join(report.over)}" if report.over else "\nAll within their limits.")
    return 1 if report.over else 0


if __name__ == "__main__":
    sys.exit(main())
