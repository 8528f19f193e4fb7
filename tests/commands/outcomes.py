"""Which commands there are, and what one printed."""

import csv
import io

import click


def refused(done, *words, code=1):
    assert done.code == code and done.out == "" and all(word in done.err for word in words), done
    return True


def sheet_of(text):
    """The rows of a CSV that begins with its mark."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def commands_of(group, *before):
    """Every group and command by its name, such as `people add`, in the order of the help."""
    for word, command in group.commands.items():
        yield " ".join((*before, word)), command
        if isinstance(command, click.Group):
            yield from commands_of(command, *before, word)
