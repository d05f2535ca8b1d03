from __future__ import annotations

import pytest

from jams.commands.jamsdba.helping import explain, overview
from jams.commands.jamsdba.lines import beginning, quoted, split, understood
from jams.commands.jamsdba.table import MODULES, load
from jams.objects.errors import InvalidArgument

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("line", "phrase", "words", "given"),
    [
        ("GENERATE KEY", "GENERATE KEY", (), {}),
        ("gen k/noconf", "GENERATE KEY", (), {"NOCONFIRM": None}),
        ("GENERATE KEY /KEEP/NOCONFIRM", "GENERATE KEY", (), {"KEEP": None, "NOCONFIRM": None}),
        ("EXPORT KEY key.txt", "EXPORT KEY", ("key.txt",), {}),
        ("EXPORT KEY key.txt/CLEAR", "EXPORT KEY", ("key.txt",), {"CLEAR": None}),
        ("EXPORT KEY /safe/jams.key /CLEAR", "EXPORT KEY", ("/safe/jams.key",), {"CLEAR": None}),
        ("EXPORT KEY /safe/clear", "EXPORT KEY", ("/safe/clear",), {}),
        ("EXPORT KEY f/CLEAR/REPL", "EXPORT KEY", ("f",), {"CLEAR": None, "REPLACE": None}),
        ("IMPORT KEY f/PASS=a/NOENC", "IMPORT KEY", ("f",), {"PASSPHRASE": "a", "NOENCRYPT": None}),
        ("IMPORT KEY f/PASS=a/b", "IMPORT KEY", ("f",), {"PASSPHRASE": "a/b"}),
        ("EXPORT KEY safe/jams.key", "EXPORT KEY", ("safe/jams.key",), {}),
        ('EXPORT KEY "my keys/clear"', "EXPORT KEY", ("my keys/clear",), {}),
        ('EXPORT KEY "a ""b"" c"', "EXPORT KEY", ('a "b" c',), {}),
        (
            "IMPORT KEY f /PASSPHRASE=/etc/jams/pass /NOENC",
            "IMPORT KEY",
            ("f",),
            {"PASSPHRASE": "/etc/jams/pass", "NOENCRYPT": None},
        ),
        ('IMPORT KEY f/PASS="a b"', "IMPORT KEY", ("f",), {"PASSPHRASE": "a b"}),
        ("PROTECT f/HOME=/srv/jams", "PROTECT", ("f",), {"HOME": "/srv/jams"}),
        ("VERIFY KEYS ! of today", "VERIFY KEYS", (), {}),
        ("HELP GENERATE", "HELP", ("GENERATE",), {}),
        ("exit", "EXIT", (), {}),
    ],
)
def test_lines(line: str, phrase: str, words: tuple[str, ...], given: dict[str, str | None]) -> None:
    said = understood(split(line))
    assert said is not None and (said.phrase, said.words, said.given) == (phrase, words, given)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("EXPRT KEY f", "Did you mean EXPORT"),
        ("frobnicate", "no verb FROBNICATE"),
        ("GENERATE", "beginning of GENERATE KEY"),
        ("EXPORT", "can be EXPORT KEY, EXPORT AUDIT"),
        ("EXPORT KEY", "missing: file"),
        ("EXPORT KEY a b", "no use for 'b'"),
        ("EXPORT KEY a /CLEER", "no qualifier /CLEER.*CLEAR"),
        ("GENERATE KEY /KEEP=1", "takes no value"),
        ("IMPORT KEY f /PASSPHRASE", "needs a value"),
        ("IMPORT KEY f /NO", "can be /NOENCRYPT, /NOCONFIRM"),
        ('EXPORT KEY "f', "not closed"),
        ("/CLEAR", "no verb"),
    ],
)
def test_lines_that_say_nothing_that_there_is(line: str, told: str) -> None:
    with pytest.raises(InvalidArgument, match=told):
        understood(split(line))


def test_an_empty_line_is_none() -> None:
    assert understood(split("  ! a remark")) is None


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (["GENERATE KEY/KEEP"], ["GENERATE", "KEY/KEEP"]),
        (["GENERATE KEY", "/KEEP"], ["GENERATE", "KEY", "/KEEP"]),
        (["EXPORT", "KEY", "my keys"], ["EXPORT", "KEY", '"my keys"']),
        (["SCHEDULE/RESTART=01-DEC-2026 06:00", "X"], ['SCHEDULE/RESTART="01-DEC-2026 06:00"', "X"]),
        (["/RESTART=01-DEC-2026 06:00", "X"], ['/RESTART="01-DEC-2026 06:00"', "X"]),
    ],
)
def test_what_a_shell_has_eaten_is_put_back(words: list[str], typed: list[str]) -> None:
    assert quoted(words) == typed


def test_every_verb_explains_itself_and_is_found_by_its_beginning() -> None:
    everything = overview()
    for phrase in MODULES:
        assert phrase in everything and phrase in beginning(phrase[:3].split())
        told = explain(tuple(phrase.split()))
        assert told.startswith(phrase) and "/HOME=directory" in told
        assert all(f"/{each.name}" in told for each in load(phrase).qualifiers)
    with pytest.raises(InvalidArgument, match="HELP"):
        explain(("nothing",))
