"""Runs one command: asks the server, shows the answer, waits where that was asked for."""

from __future__ import annotations

import sys
from contextlib import suppress

from . import arguments, client_errors
from .client_errors import CONFLICT_CODE, INTERRUPTED, OK, ClientError, UsageError, exit_code_of
from .output import Output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .calls import Caller
    from .client_settings import Settings
    from .commands import Command, Commands, Member
    from .options import Parsed


SHOWN_AFTER = 1.0
"""Seconds after which somebody at a terminal is told that the server still works at his answer."""


class Run:
    """One command and everything it needs."""

    def __init__(self, command: Command, parsed: Parsed, settings: Settings, commands: Commands) -> None:
        from .calls import Caller

        self._command = command
        self._parsed = parsed
        self._settings = settings
        self._commands = commands
        self._output = Output(settings.output, commands)
        self._caller: Caller = Caller(settings, commands)

    def __call__(self) -> int:
        """Run it and return the exit code. Raises ClientError."""
        try:
            if self._extra("example"):
                from .example import example

                self._output.text(example(self._command, self._commands))
                return OK
            values = arguments.inputs(self._command, self._parsed, self._commands)
            self._check_streaming()
            values = self._numbers_named(self._command.inputs, values)
            if self._command.session:
                from .sessions import session

                way = {name: self._extra(name) for name in ("sso", "device") if self._extra(name)}
                return session(
                    self._command, values, self._caller, self._output, self._settings, self._commands, way
                )
            if self._command.pieces:
                return self._read_text(values)
            if self._command.feed and self._extra("follow"):
                return self._listen(values)
            if self._command.ending:
                return self._wait_for_end(self._command, values)
            return self._ask(values)
        finally:
            self._caller.close()

    def _ask(self, values: dict[str, Any]) -> int:
        command = self._command
        document = None
        if command.document:
            document = arguments.document(command, self._parsed, self._commands, self._fetch, values)
            told = command.document
            typed = [m for m in self._commands.document_members(told) if m.name in self._parsed.members]
            document = self._numbers_named(typed, document, wire=True)
            shown = self._difference(values, document)
            if self._extra("what_if"):
                return shown
        try:
            result = self._answer(command, values, document)
        except ClientError as error:
            if document is None or error.code != CONFLICT_CODE:
                raise
            from .conflicts import explained

            raise explained(error, command, document, self._commands, self._fetch) from None
        starts = command.starts
        if starts is None or not (self._extra("wait") or self._extra("follow")):
            self._output.show(command, result)
            tell_of_more(command, values, result, cut=self._caller.cut)
            return refused(command, result)
        number = result[starts["number"]] if isinstance(result, dict) else values[starts["number"]]
        key = {starts["input"]: number}
        wait = self._commands.by_operation(starts["wait"])
        if not self._extra("follow"):
            return self._wait_for_end(wait, key)
        log = self._commands.by_operation(starts["log"])
        self._follow(log, key)
        return self._wait_for_end(wait, key, show=self._output.form == "ndjson")

    def _difference(self, values: dict[str, Any], document: dict[str, Any]) -> int:
        """Show what a document would change, where that was asked for, or a file is taken at a terminal."""
        watched = self._extra("file") and sys.stderr.isatty() and self._output.form == "table"
        if not (self._extra("what_if") or (watched and self._command.patches)):
            return OK
        from .standing import what_if

        lines = what_if(self._command, values, document, self._commands, self._fetch)
        if self._extra("what_if"):
            self._output.text("".join(f"{line}\n" for line in lines))
        else:
            print(*lines, sep="\n", file=sys.stderr)
        return OK

    def _answer(self, command: Command, values: dict[str, Any], document: dict[str, Any] | None) -> Any:
        """The answer; of what the server may work at for a while, a line tells that it does."""
        wait = command.patience(values)
        if not wait and not command.making:
            return self._caller.call(command, values, document=document)
        from .progress import Progress

        if command.making:
            from .watching import Watch

            with Progress(command.word, after=SHOWN_AFTER) as progress:
                return Watch(self._caller, self._commands, progress, wait).made(command, values)
        with Progress(command.word, after=SHOWN_AFTER):
            return self._caller.call(command, values, document=document, wait=wait)

    def _numbers_named(
        self, members: list[Member], values: dict[str, Any], *, wire: bool = False
    ) -> dict[str, Any]:
        """The values, with the name of an object in place of its number where the server wants the name."""
        named = dict(values)
        for member in members:
            name = member.wire if wire else member.name
            given, offer = values.get(name), member.offer
            if offer is None or not isinstance(given, str) or not given.isdecimal():
                continue
            reader = self._commands.reader_of(offer["operation"], offer["member"])
            if reader is None:
                continue
            with suppress(ClientError):  # the server says what is wrong with it, if it is no number
                named[name] = self._caller.call(reader, {"id": int(given)})[offer["member"]]
        return named

    def _fetch(self, operation: str, values: dict[str, Any]) -> Any:
        return self._caller.call(self._commands.by_operation(operation), values)

    def _read_text(self, values: dict[str, Any]) -> int:
        command = self._command
        if self._extra("follow"):
            assert command.follow is not None
            self._follow(command, values)
            key = {name: value for name, value in values.items() if name in command.key}
            until = self._commands.by_operation(command.follow["until"])
            return self._wait_for_end(until, key, show=self._output.form == "ndjson")
        from .watching import whole_text

        collected: list[dict[str, Any]] = []
        readable = self._output.form in ("table", "plain")
        show = self._shower(command) if readable else collected.append
        whole_text(lambda given: self._caller.call(command, given), command, values, show)
        if not readable:
            self._output.show(command, _joined(command, collected))
        return OK

    def _listen(self, values: dict[str, Any]) -> int:
        """Show what happens, for as long as nobody interrupts."""
        from .progress import Progress
        from .watching import Watch

        command = self._command
        show = self._output.show if self._output.form == "ndjson" else self._output.show_lines
        with Progress(command.word) as progress:

            def told(items: list[dict[str, Any]], anew: bool) -> None:
                progress.pause()
                if anew:
                    print(
                        f"{client_errors.PROGRAM}: some of what happened is not kept any more",
                        file=sys.stderr,
                    )
                show(command, items)
                sys.stdout.flush()

            Watch(self._caller, self._commands, progress, None).events(command, values, told)
        return OK

    def _follow(self, log: Command, values: dict[str, Any]) -> None:
        """Show a text while it grows; when interrupted, say how to come back."""
        from .progress import Progress
        from .watching import Watch

        show = self._shower(log)
        assert log.text is not None
        text = log.text
        with Progress(self._named(log, values)) as progress:

            def show_piece(piece: dict[str, Any]) -> None:
                progress.pause()
                show(piece)
                if piece[text].endswith("\n"):
                    progress.resume()

            try:
                watch = Watch(self._caller, self._commands, progress, self._timeout())
                watch.text(log, values, show_piece)
            except KeyboardInterrupt:
                progress.pause()
                raise Interrupted(self._named(log, values), self._typed(log, values, "--follow")) from None

    def _wait_for_end(self, wait: Command, values: dict[str, Any], *, show: bool = True) -> int:
        from .progress import Progress
        from .watching import Watch, outcome

        what = self._named(wait, values)
        with Progress(what) as progress:
            try:
                result = Watch(self._caller, self._commands, progress, self._timeout()).end(wait, values)
            except KeyboardInterrupt:
                raise Interrupted(what, self._typed(wait, values)) from None
        code, told = outcome(wait, result)
        if show:
            self._output.show(wait, result)
            sys.stdout.flush()
        if code != OK:
            print(f"{client_errors.PROGRAM}: {what} ended with {told}", file=sys.stderr)
        elif sys.stderr.isatty() and not show:
            print(f"{what} ended with {told}", file=sys.stderr)
        return code

    def _shower(self, log: Command) -> Any:
        """What shows one piece of a text."""
        if self._output.form == "ndjson":
            return lambda piece: self._output.show(log, piece)
        return lambda piece: self._output.text(piece[log.text])

    def _named(self, command: Command, values: dict[str, Any]) -> str:
        """What a command is about, for people: ``entry 1234``."""
        about = self._commands.by_operation(command.follow["until"]) if command.follow else command
        return " ".join([about.result["of"].lower(), *(str(values[name]) for name in command.key)])

    def _typed(self, command: Command, values: dict[str, Any], *more: str) -> str:
        """What to type to come back: at the same server, named in the same way."""
        where = [
            f"--{name} {self._settings.given[name]}"
            for name in ("server", "home", "protocol")
            if name in self._settings.given
        ]
        key = [str(values[name]) for name in command.key]
        return " ".join(["jamswebclient", command.word, *key, *more, *where])

    def _timeout(self) -> float | None:
        from .client_settings import seconds

        text = self._extra("timeout")
        return None if text is None else seconds("--timeout", text)

    def _check_streaming(self) -> None:
        """One document cannot be shown while it grows."""
        if self._extra("follow") and self._output.form in ("json", "yaml"):
            raise UsageError(f"--follow cannot be shown as {self._output.form}; use -o ndjson")
        self._timeout()

    def _extra(self, name: str) -> Any:
        return self._parsed.extra.get(name)


def tell_of_more(command: Command, values: dict[str, Any], result: Any, *, cut: bool) -> None:
    """A line on stderr where a list is shorter than what was asked for: how to see what follows.

    ``cut``: whether the server said that the list is as long as it may be.
    """
    if command.page is not None and isinstance(result, dict):
        _tell_of_pages(command, command.page, values, result)
        return
    bound = command.bound
    if bound is None or not cut or not isinstance(result, list) or not result:
        return
    limit, cursor = (command.input(bound[name]) for name in ("limit", "cursor"))
    asked = values.get(bound["limit"])
    if asked is not None and len(result) >= asked:
        return
    last = result[0 if bound["backwards"] else -1][bound["member"]]
    more = f"{limit.option} asks for more, " if asked is None and len(result) == limit.default else ""
    print(
        f"{client_errors.PROGRAM}: there may be more than the {len(result)} shown; "
        f"{more}{cursor.option} {last} goes on behind them",
        file=sys.stderr,
    )


def _tell_of_pages(
    command: Command, page: dict[str, str], values: dict[str, Any], result: dict[str, Any]
) -> None:
    shown, total = len(result[page["items"]]), result.get(page["total"]) or 0
    asked, behind = values.get(page["size"]), (values.get(page["skip"]) or 0) + shown
    if total <= behind or (asked is not None and shown >= asked):
        return
    print(
        f"{client_errors.PROGRAM}: {shown} of {total} are shown; "
        f"{command.input(page['skip']).option} {behind} goes on behind them",
        file=sys.stderr,
    )


def refused(command: Command, result: Any) -> int:
    """The exit code for an answer, and a line on stderr where some of what was asked for was refused.

    Where they met several sorts of errors, it is the smallest of their codes.
    """
    member = command.failing
    errors = [each[member] for each in result if each.get(member)] if member is not None else []
    if not errors:
        return OK
    codes = sorted({exit_code_of(error["kind"]) for error in errors})
    told = ", ".join(sorted({error["code"] for error in errors}))
    print(f"{client_errors.PROGRAM}: {len(errors)} of {len(result)} were refused: {told}", file=sys.stderr)
    return codes[0]


class Interrupted(KeyboardInterrupt):
    """Ctrl+C while something was watched. The message says that it goes on, and how to come back."""

    exit_code = INTERRUPTED

    def __init__(self, what: str, again: str) -> None:
        super().__init__(f"{what} goes on; to come back: {again}")


def _joined(command: Command, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    """The pieces of a text as one: the first one's beginning, the last one's end."""
    hint = command.pieces
    assert hint is not None
    whole = dict(pieces[-1])
    whole[hint["text"]] = "".join(piece[hint["text"]] for piece in pieces)
    whole[hint["cursor"]] = pieces[0].get(hint["cursor"])
    return whole
