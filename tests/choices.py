"""What a school has chosen, written shortly: by facet, the name of a stance."""

from collections.abc import Mapping

from induction.content.model import Choice


def chosen(stances: Mapping[str, str]) -> dict[str, Choice]:
    return {facet: Choice(facet, stance) for facet, stance in stances.items()}
