"""Which change of one spot would no test notice? By hand, not in CI, from a clean checkout; an hour or two:

    .test-venv/bin/python -m pip install cosmic-ray pytest-cov
    .test-venv/bin/python -m tests.mutation

First it is noted which tests run through which line. Then 300 changes, drawn by a fixed seed, are made one at a time, in a
copy of the tree for each processor, and the tests that run through the line are run, quick ones first, until one fails.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from coverage.numbits import numbits_to_nums

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("rules", "wording", "services")
ORDER = ("rules", "wording", "content", "services", "records", "commands", "pages")  # quick ones first
SEED, CHANGES = 8, 300
MOST_TESTS = 40  # of one folder, for one change
PATIENCE = 400  # seconds for the tests of one change: an endless loop is noticed by it
# One of a sort: that words can't be divided, Python notices by itself.
KINDS = (
    "ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq", "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_LtE_Lt", "ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is", "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add", "ReplaceBinaryOperator_Mul_Add", "ReplaceBinaryOperator_Div_Mul",
    "ReplaceBinaryOperator_FloorDiv_Mul", "ReplaceBinaryOperator_Mod_Mul", "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "AddNot", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop", "NumberReplacer",
)


@dataclass(frozen=True)
class Change:
    path: str
    line: int
    kind: str
    code: str  # the whole module with the change in it
    words: str  # the line as it was, and as it is


def changes_of(path: Path) -> Iterator[Change]:
    """Every change of KINDS in a module."""
    source = path.read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(source)))
    for kind in KINDS:
        operator = get_operator(f"core/{kind}")()
        for occurrence in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)):
            code = mutate_code(source, operator, occurrence)
            pairs = zip(source.split("\n"), (code or source).split("\n"), strict=False)
            line, was, now = next(((at, *pair) for at, pair in enumerate(pairs, 1) if pair[0] != pair[1]), (0, "", ""))
            if code and line and _is_python(code) and not was.strip().startswith("@"):  # that a dataclass is frozen, types hold
                yield Change(str(path.relative_to(ROOT)), line, kind, code, f"{was.strip()}  ->  {now.strip()}")


def _is_python(code: str) -> bool:
    """A star before keywords is no product, and can't become a sum."""
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def note_which_tests_run_what(noted: Path) -> None:
    """Run the tests of ORDER once, and note for each line which of them ran through it."""
    settings = noted.parent / "which-tests-run-what.cfg"  # by no name that coverage takes for data
    settings.write_text("[run]\nsource = induction\nconcurrency = thread\n")
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-n", "2", "--cov=induction", "--cov-context=test", "--cov-report="]
    folders = [f"tests/{folder}" for folder in ORDER]
    subprocess.run(
        [*command, f"--cov-config={settings}", *folders], cwd=ROOT, check=True, env={**os.environ, "COVERAGE_FILE": str(noted)}
    )


def tests_of(noted: sqlite3.Connection, change: Change) -> list[list[str]]:
    """The tests that run through a statement, folder by folder, quick ones first.

    What runs when a module is imported, such as a limit that has a name, is tried by the tests that run through the module.
    """
    rows = noted.execute(
        "select context.context, line_bits.numbits from line_bits join file on file.id = file_id"
        " join context on context.id = context_id where file.path = ?", [str(ROOT / change.path)]
    ).fetchall()
    lines = _statement(change)
    names = {_test(context) for context, bits in rows if context and lines & set(numbits_to_nums(bits))}
    names = names or {_test(context) for context, _ in rows if context}
    groups = [sorted(name for name in names if name.startswith(f"tests/{folder}/")) for folder in ORDER]
    return [group if len(group) <= MOST_TESTS else random.Random(SEED).sample(group, MOST_TESTS) for group in groups if group]


def _test(context: str) -> str:
    return context.partition("|")[0].partition("[")[0]  # with all its cases


def _statement(change: Change) -> set[int]:
    """The lines of the innermost statement that a change stands in; of one that holds others, its head."""
    around = [
        node
        for node in ast.walk(ast.parse((ROOT / change.path).read_text(encoding="utf-8")))
        if isinstance(node, ast.stmt) and node.lineno <= change.line <= (node.end_lineno or 0)
    ]
    inner = max(around, key=lambda node: node.lineno)
    inside = getattr(inner, "body", None)
    last = inside[0].lineno - 1 if inside else inner.end_lineno or inner.lineno
    return set(range(inner.lineno, max(last, inner.lineno) + 1))


def noticed(place: Path, change: Change, groups: list[list[str]]) -> str:
    """The folder whose tests noticed a change in a copy of the tree; empty where none did."""
    module = place / change.path
    source = module.read_text(encoding="utf-8")
    module.write_text(change.code, encoding="utf-8")
    try:
        for group in groups:
            command = [sys.executable, "-P", "-B", "-m", "pytest", "-q", "-x", *group]
            try:
                done = subprocess.run(command, cwd=place, capture_output=True, timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                return "time"
            if done.returncode:  # whatever it is: what can't even be imported is noticed too
                return group[0].split("/")[1]
        return ""
    finally:
        module.write_text(source, encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--changes", type=int, default=CHANGES)
    asked.add_argument("--noted", type=Path, help="which tests run what, from an earlier run; made where it isn't there")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = (chosen.noted or Path(folder) / "noted").resolve()
        if not file.exists():
            note_which_tests_run_what(file)
        modules = [path for room in ROOMS for path in sorted((ROOT / "induction" / room).rglob("*.py"))]
        every = [change for module in modules for change in changes_of(module)]
        drawn = random.Random(chosen.seed).sample(every, min(chosen.changes, len(every)))
        print(f"{len(every)} changes are possible; {len(drawn)} are tried.", flush=True)
        places: SimpleQueue[Path] = SimpleQueue()
        for number in range(os.cpu_count() or 1):
            place = Path(folder) / str(number)
            shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns(".*", "node_modules", "__pycache__"), symlinks=True)
            (place / "tests/node_modules").symlink_to(ROOT / "tests/node_modules")
            places.put(place)
        unchanged = Change(drawn[0].path, 1, "", (ROOT / drawn[0].path).read_text(encoding="utf-8"), "")
        if by := noticed(Path(folder) / "0", unchanged, [["tests/rules"], ["tests/wording"]]):
            raise SystemExit(f"Without any change tests/{by} fails already.")
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = list(pool.map(lambda change: _try(file, places, change), drawn))
    missed = [change for change, by in zip(drawn, outcomes, strict=True) if not by]
    print(f"{len(drawn) - len(missed)} of {len(drawn)} noticed, {100 * (1 - len(missed) / len(drawn)):.0f} %. Not noticed:")
    for change in sorted(missed, key=lambda each: (each.path, each.line)):
        print(f"{change.path}:{change.line}  {change.kind}\n    {change.words}")


def _try(file: Path, places: SimpleQueue[Path], change: Change) -> str:
    place = places.get()
    try:
        with sqlite3.connect(file) as noted:
            by = noticed(place, change, tests_of(noted, change))
        print(f"{'noticed' if by else 'MISSED '} {by:9} {change.path}:{change.line} {change.words}", flush=True)
        return by
    finally:
        places.put(place)


if __name__ == "__main__":
    main()
