"""The commands that exist in a session: an allow-list, and nothing beside it is ever looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .commands import CommandSpec
from .patterns import has_wildcards, matches

_MODULES = ("", "jams")


class Registry:
    """The commands of one session, by name and alias."""

    def __init__(self, commands: Iterable[CommandSpec]) -> None:
        self._commands: dict[str, CommandSpec] = {}
        self._aliases: dict[str, CommandSpec] = {}
        for spec in sorted(commands, key=lambda spec: spec.name.lower()):
            self._commands[spec.name.lower()] = spec
            for alias in spec.aliases:
                self._aliases[alias.lower()] = spec

    def __iter__(self) -> Iterator[CommandSpec]:
        return iter(self._commands.values())

    def find(self, name: str) -> CommandSpec | None:
        """The command of that name or alias, in any case; a module in front must be ours."""
        module, _, bare = name.strip().lower().rpartition("\\")
        if module not in _MODULES:
            return None
        return self._commands.get(bare) or self._aliases.get(bare)

    def matching(self, pattern: str) -> list[CommandSpec]:
        """The commands whose name matches; for a name without wildcards its alias counts too."""
        if not has_wildcards(pattern):
            spec = self.find(pattern)
            return [] if spec is None else [spec]
        return [spec for spec in self._commands.values() if matches(pattern, spec.name)]

    def aliases(self) -> dict[str, CommandSpec]:
        """The aliases, and the command each stands for."""
        return {alias: spec for spec in self._commands.values() for alias in spec.aliases}
