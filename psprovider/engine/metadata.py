"""The session's commands as metadata, for Enter-PSSession and Import-PSSession."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from psprovider.cmdlets.model import Parameter
from psprovider.endpoint.metadata import ALIAS, FUNCTION, CommandMetadata, ParameterMetadata
from psprovider.endpoint.requests import MetadataRequest

from .commands import CommandSpec
from .patterns import has_wildcards, matches
from .registry import Registry

_KNOWN_PREFIXES = ("System.",)


def describe(registry: Registry, request: MetadataRequest) -> Iterator[CommandMetadata]:
    """The commands asked for. A name in full gets its command whatever the mask says of its type."""
    patterns = request.names or ("*",)
    mask = request.command_types
    modules = [module.lower() for module in request.modules]
    for spec in registry:
        if modules and not any(matches(m, spec.module or "") for m in modules):
            continue
        if any(_asked(pattern, spec.name) for pattern in patterns) and (not mask or mask & (FUNCTION | 8)):
            yield function(spec)
        for alias in spec.aliases:
            if any(_asked(pattern, alias) for pattern in patterns) and (not mask or mask & ALIAS):
                yield CommandMetadata(alias, ALIAS, resolved=spec.name, namespace=spec.module)


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
