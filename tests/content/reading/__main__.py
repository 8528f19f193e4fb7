"""`python -m tests.content.reading`: do fresh readers need the lessons? Prints papers for them, and marks their answers.

papers prints what a reader is given, mark says what the answers are worth, key prints the best letters, figures what
habits of guessing are worth and how many scenarios turn with the school. mark and key take the arguments that the paper
was made with. docs/writing.md says how a trial is held.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from induction.content.checks.guessing import figures, measure, of_its_own, together
from induction.content.checks.turning import AIM, turning
from induction.content.model import NATIONS, PHASES, Library
from induction.content.reading import library as libraries

from . import marking, papers, policies

HOME = Path(__file__).parents[3]


def main(words: Sequence[str] | None = None) -> int:
    args = _arguments().parse_args(words)
    reading = libraries.read(HOME, args.content)
    faults = [problem for problem in reading.problems if not problem.warning]
    if faults:
        print(f"Left out: what can't be read. {len(faults)} faults, the first: {faults[0]}", file=sys.stderr)
    try:
        print("\n".join(DEEDS[args.deed](args, reading.library)))
    except (policies.NoSuchPolicy, papers.NothingTaught, marking.NoAnswer, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.content.reading", description=__doc__)
    deeds = parser.add_subparsers(dest="deed", required=True)
    for name in DEEDS:
        deed = deeds.add_parser(name)
        deed.add_argument("--content", type=Path, metavar="FOLDER", help="with your own courses/ and quizzes/, laid over ours")
        deed.add_argument("--only", action="append", default=[], metavar="COURSE/LESSON", help="or COURSE; else all courses for everybody")
        deed.add_argument("--nation", choices=NATIONS, default="england")
        deed.add_argument("--phase", choices=PHASES, default="secondary")
        if name == "mark":
            deed.add_argument("answers", type=Path, help="a file with `1 B` on each line")
        if name != "figures":
            deed.add_argument("--kind", choices=papers.KINDS, default="situations")
            deed.add_argument("--policy", default="strictest", help="strictest, open, mixed or a file of `question: stance` lines")
            deed.add_argument("--lessons-policy", metavar="POLICY", help="lessons of another policy than the one that judges")
            deed.add_argument("--seed", type=int, default=1, help="another number, another order")
            deed.add_argument("--output", type=Path, metavar="FOLDER", help="write the paper there")
    return parser


def _asked(args: argparse.Namespace, library: Library) -> list[papers.Item]:
    return papers.items(library, policies.school(args.policy, args.nation, args.phase, library), args.seed, args.only)


def _papers(args: argparse.Namespace, library: Library) -> Iterator[str]:
    staff = policies.school(args.lessons_policy or args.policy, args.nation, args.phase, library)
    lessons = papers.lessons(library, staff, args.only) if args.kind == "lessons" else ""
    text = papers.paper(args.kind, _asked(args, library), lessons)
    if args.output is None:
        yield text
        return
    args.output.mkdir(parents=True, exist_ok=True)
    file = args.output / f"{args.kind}-{args.seed}.md"
    file.write_text(text, encoding="utf-8")
    yield str(file)


def _mark(args: argparse.Namespace, library: Library) -> Iterator[str]:
    asked = _asked(args, library)
    yield from marking.report(marking.mark(asked, marking.read_answers(args.answers.read_text(encoding="utf-8"), asked)))


def _key(args: argparse.Namespace, library: Library) -> Iterator[str]:
    for item in _asked(args, library):
        yield f"{item.number} {' '.join(marking.key(item))}  {item.course}/{item.name}"


def _figures(args: argparse.Namespace, library: Library) -> Iterator[str]:
    school = policies.school("strictest", args.nation, args.phase, library)
    asked = papers.scenarios(library, school, args.only)
    quizzes = {quiz.path: quiz for _, quiz, _ in asked}
    yield "What a habit is worth, and picking blind, where it pays most (more than 15 points apart: the check warns)"
    for figure in figures(together(of_its_own(measure(quiz, library), quiz) for quiz in quizzes.values())):
        yield f"{figure.mark:4.0f} {figure.chance:4.0f}  {figure.habit}{', too much' if figure.pays else ''}"
    share = turning([scenario for _, _, scenario in asked], library.facets)
    yield f"\n{100 * share.share:.0f} % of {len(share.turn) + len(share.stay)} scenarios turn with the school (aim: {100 * AIM:.0f} %)"
    for policy in ("strictest", "open", "mixed"):
        there = policies.school(policy, args.nation, args.phase, library)
        yield f"Picking blind, {policy}: {marking.chance(papers.items(library, there, 1, args.only)):.0f}"


DEEDS = {"papers": _papers, "mark": _mark, "key": _key, "figures": _figures}

if __name__ == "__main__":
    sys.exit(main())
