"""The built-in commands: those of a restricted endpoint, and as much more as needs no language."""

from __future__ import annotations

from psprovider.engine.commands import CommandSpec

from . import converting, discovery, output, selecting, shell, sorting


def builtin_commands() -> tuple[CommandSpec, ...]:
    """All built-in commands but those of the drive."""
    return (
        *selecting.COMMANDS,
        *sorting.COMMANDS,
        *output.COMMANDS,
        *converting.COMMANDS,
        *discovery.COMMANDS,
        *shell.COMMANDS,
    )
