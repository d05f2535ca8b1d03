"""Shows results in the form that was asked for."""

from __future__ import annotations

import json
import os
import sys

from . import tables
from .telling import SILENT, telling
from .times import local_text, short_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .commands import Command, Commands, Member

COLOURS = {"Success": "32", "Info": "36", "Warning": "33", "Error": "31", "Fatal": "1;31"}
"""Severities and their colours (SGR codes)."""


class Output:
    """Standard output in one form.

    Attributes:
        form: table, plain, json, ndjson or yaml.
    """

    def __init__(self, form: str | None, commands: Commands) -> None:
        """Without a form it is a table on a terminal and plain elsewhere."""
        self._terminal = sys.stdout.isatty()
        self._commands = commands
        self.form = form or ("table" if self._terminal else "plain")
        if self._terminal and sys.platform == "win32":
            os.system("")  # lets the console understand escape sequences (not verified there)
        self._colours = self._terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def show(self, command: Command, result: Any) -> None:
        """Show the result of a command."""
        if self.form == "json":
            self.write(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
        elif self.form == "ndjson":
            for item in result if isinstance(result, list) else [result]:
                self.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n")
        elif self.form == "yaml":
            from .yamltext import to_yaml

            self.write(to_yaml(result))
        else:
            self._show_readable(command, result)

    def show_lines(self, command: Command, rows: list[Any]) -> None:
        """Show some of what a command lists, a line each, where more may follow."""
        for row in rows:
            self.write("\t".join(_plain(row.get(wire)) for wire in command.columns) + "\n")

    def text(self, text: str) -> None:
        """Show a text as it is, at once."""
        self.write(text)
        sys.stdout.flush()

    def write(self, text: str) -> None:
        """Write to standard output. Raises BrokenPipeError when nobody reads any more."""
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            sys.stdout.write(text.encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding))

    def _show_readable(self, command: Command, result: Any) -> None:
        of = command.result.get("of", "")
        if isinstance(result, dict):
            items = next((m for m in self._commands.members(of) if m.kind == "object" and m.many), None)
            if items is not None and command.columns and not self._has(of, command.columns[0]):
                self._show_rows(command, items.of, result.get(items.wire) or [])
                self._show_notes(command, result)
                return
            self._show_members(command, of, result)
        elif isinstance(result, list):
            self._show_rows(command, of, result)
        elif result is not None:
            text = result if isinstance(result, str) else json.dumps(result)
            self.write(text if text.endswith("\n") or not text else text + "\n")

    def _has(self, of: str, wire: str) -> bool:
        return any(member.wire == wire for member in self._commands.members(of))

    def _show_rows(self, command: Command, of: str, rows: list[Any]) -> None:
        members = {member.wire: member for member in self._commands.members(of)}
        shown = [members[wire] for wire in command.columns if wire in members] or list(members.values())
        if self.form == "plain":
            for row in rows:
                self.write("\t".join(_plain(row.get(member.wire)) for member in shown) + "\n")
            return
        cells = [[self._cell(member, row.get(member.wire)) for member in shown] for row in rows]
        headings = [tables.heading(member.wire) for member in shown]
        for line in tables.table(headings, cells, self._width(), whole=command.whole):
            self.write(line + "\n")

    def _show_notes(self, command: Command, result: dict[str, Any]) -> None:
        """What is to be known of a table, below it."""
        notes = (result.get(command.making["notes"]) or []) if command.making else []
        if self.form == "plain" or not notes:
            return
        width = self._width()
        for note in notes:
            lines = tables.wrapped(tables.one_line(note), width - 2) if width else [tables.one_line(note)]
            self.write("\n" if note is notes[0] else "")
            self.write("".join(f"{'  ' if at else '- '}{line}\n" for at, line in enumerate(lines)))

    def _show_members(self, command: Command, of: str, result: dict[str, Any]) -> None:
        members = self._commands.members(of)
        if self.form == "plain":
            if command.columns:
                self.write("\t".join(_plain(result.get(wire)) for wire in command.columns) + "\n")
                return
            for member in members:
                self.write(f"{member.wire}\t{_plain(result.get(member.wire))}\n")
            return
        shown = [m for m in members if result.get(m.wire) not in (*SILENT, m.default)]
        width = max((tables.columns_of(tables.label(m.wire)) for m in shown), default=0)
        for member in shown:
            head = tables.label(member.wire).ljust(width)
            value = telling(self._commands, member, result[member.wire], _joined)
            if isinstance(value, dict | list) or (isinstance(value, str) and "\n" in value.strip()):
                self.write(head.rstrip() + "\n" + _indented(value))
            else:
                cell = self._cell(member, value)
                cell.right = False
                self.write(f"{head}{tables.GAP}{cell.render(tables.columns_of(cell.text), last=True)}\n")

    def _cell(self, member: Member, value: Any) -> tables.Cell:
        if value is None:
            return tables.Cell("", right=member.kind in ("integer", "number"))
        if member.kind == "time":
            return tables.Cell(local_text(str(value)), short=short_text(str(value)))
        if isinstance(value, float):
            return tables.Cell(f"{value:.3f}".rstrip("0").rstrip("."), right=True)
        colour = COLOURS.get(str(value), "") if self._colours and member.of == "Severity" else ""
        right, free = member.kind in ("integer", "number"), member.kind in ("text", "any", "object")
        return tables.Cell(_plain(value), right=right, colour=colour, free=free)

    def _width(self) -> int | None:
        """The width to keep to: a terminal's, else what COLUMNS says, else none."""
        if self._terminal:
            return os.get_terminal_size(sys.stdout.fileno()).columns or 80
        given = os.environ.get("COLUMNS", "")
        return int(given) if given.isdecimal() else None


def _plain(value: Any) -> str:
    """A value as one field of one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tables.one_line(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _joined(values: list[Any]) -> str:
    """Plain values as one line."""
    return ", ".join(map(_plain, values))


def _indented(value: Any) -> str:
    """A value of several lines below its label."""
    from .yamltext import to_yaml

    text = value if isinstance(value, str) else to_yaml(value)
    return "".join(f"  {tables.one_line(line.expandtabs())}\n" for line in text.rstrip("\n").split("\n"))
