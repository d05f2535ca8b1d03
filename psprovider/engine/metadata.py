"""The session's commands as metadata, for Enter-PSSession and Import-PSSession."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from psprovider.cmdlets.model import Parameter
from psprovider.endpoint.metadata import ALIAS, CMDLET, FUNCTION, CommandMetadata, ParameterMetadata
from psprovider.endpoint.requests import MetadataRequest

from .commands import CommandSpec
from .patterns import has_wildcards, matches
from .registry import Registry

_KNOWN_PREFIXES = ("System.",)


def describe(registry: Registry, request: MetadataRequest) -> list[CommandMetadata]:
    """The commands asked for, each once.

    They come as PowerShell gives them: in the order of the names, or, where one of these has wildcards,
    aliases before functions, each by name.
    """
    patterns = request.names or ("*",)
    found: dict[str, CommandMetadata] = {}
    for pattern in patterns:
        for command in _matching(registry, request, pattern):
            found.setdefault(command.name.lower(), command)
    if not any(has_wildcards(pattern) for pattern in patterns):
        return list(found.values())
    return sorted(found.values(), key=lambda command: (command.kind, command.name.lower()))


def _matching(registry: Registry, request: MetadataRequest, pattern: str) -> Iterator[CommandMetadata]:
    mask = request.command_types
    for spec in registry:
        if request.modules and not any(matches(m.lower(), spec.module or "") for m in request.modules):
            continue
        if (not mask or mask & (FUNCTION | CMDLET)) and _asked(pattern, spec.name):
            yield function(spec)
        if not mask or mask & ALIAS:
            for alias in spec.aliases:
                if _asked(pattern, alias):
                    yield replace(function(spec), name=alias, kind=ALIAS, resolved=spec.name)


def implicit_remoting(registry: Registry) -> dict[str, Any]:
    """What clients that import the session are told (the private data ``ImplicitRemoting``).

    A built-in command must not become a proxy: it would stand before the client's own of that name. The hash
    changes with the commands, so that a saved import knows that it is stale.
    """
    own = [spec for spec in registry if spec.module]
    lines = [f"{spec.name} {' '.join(p.name for p in spec.parameters)}" for spec in own]
    return {
        "Hash": hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16],
        "CommandsToSkip": [spec.name for spec in registry if not spec.module],
    }


def function(spec: CommandSpec) -> CommandMetadata:
    """One command."""
    return CommandMetadata(
        name=spec.name,
        kind=FUNCTION,
        parameters=tuple(_parameter(item) for item in (*spec.parameters, *spec.shared)),
        namespace=spec.module,
        output_types=spec.output,
    )


def _asked(pattern: str, name: str) -> bool:
    return matches(pattern, name) if has_wildcards(pattern) else pattern.lower() == name.lower()


def _parameter(item: Parameter) -> ParameterMetadata:
    known = item.type_name.startswith(_KNOWN_PREFIXES)
    return ParameterMetadata(
        name=item.name,
        type_name=item.type_name if known else "System.Object",
        aliases=item.aliases,
        switch=item.switch,
    )
