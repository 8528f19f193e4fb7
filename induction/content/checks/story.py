"""How the scenes of a scenario hang together: which can be reached, and from which it can end.

Both searches visit each scene and each option once, however many paths lead through them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model import Scenario, Scene


def unreachable(scenario: Scenario) -> list[Scene]:
    """Scenes that no chain of options leads to from the scenario, in the order of the file."""
    onward = {name: _next_scenes(scenario, scene) for name, scene in scenario.scenes.items()}
    reached = _spread([scenario.id], onward)
    return [scene for name, scene in scenario.scenes.items() if name not in reached]


def endless(scenario: Scenario) -> list[Scene]:
    """Scenes from which no chain of options comes to an end, in the order of the file."""
    back: dict[str, list[str]] = {name: [] for name in scenario.scenes}
    for name, scene in scenario.scenes.items():
        for following in _next_scenes(scenario, scene):
            back[following].append(name)
    ending = _spread([name for name, scene in scenario.scenes.items() if _may_end(scene)], back)
    return [scene for name, scene in scenario.scenes.items() if name not in ending]


def _next_scenes(scenario: Scenario, scene: Scene) -> list[str]:
    return [option.leads_to for option in scene.options if option.leads_to and option.leads_to in scenario.scenes]


def _may_end(scene: Scene) -> bool:
    return not scene.options or any(option.leads_to is None for option in scene.options)


def _spread(start: Iterable[str], ways: Mapping[str, list[str]]) -> set[str]:
    reached = set(start)
    waiting = list(reached)
    while waiting:
        for following in ways.get(waiting.pop(), ()):
            if following not in reached:
                reached.add(following)
                waiting.append(following)
    return reached
