"""Lines of the interpreter: what they are taken for, and that every command of the catalogue can be said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from webclient.client_errors import UsageError
from webclient.commands import load_commands
from webclient.interpreter.lines import Item, Qualifier, line_of, read_line
from webclient.interpreter.qualifiers import option_words, qualifiers_of
from webclient.interpreter.terminal import holds_secret
from webclient.interpreter.verbs import OWN, Verbs
from webclient.options import command_parser

COMMANDS = load_commands()
VERBS = Verbs(COMMANDS)


def found(text: str) -> str:
    return VERBS.find(read_line(text))[0]


def test_a_line_in_the_manner_of_dcl() -> None:
    line = read_line(
        r'SUBMIT/HOLD \Sales\Load , "Month ""end""" /AFTER=18:00/PARAMETERS=(day=today,who="a, b") ! now'
    )
    assert line.places == (
        (Item("SUBMIT", word=True),),
        (Item(r"\Sales\Load", word=True), Item('Month "end"')),
    )
    assert line.qualifiers == (
        Qualifier("HOLD", ()),
        Qualifier("AFTER", (Item("18:00", word=True),)),
        Qualifier("PARAMETERS", (Item("day", "today"), Item("who", "a, b"))),
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("CONNECT http://localhost:8080/JAMS", ["http://localhost:8080/JAMS"]),
        ("CONNECT jams.example:8080", ["jams.example:8080"]),
        (r"SHOW JOB '\Sales\Month end'", [r"\Sales\Month end"]),
        ("! nothing but a remark", []),
        ("HOLD 12 ! because", ["12"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    shown = [place[0].whole for place in read_line(text).places]
    assert shown[len(shown) - len(places) :] == places


@pytest.mark.parametrize(
    "text", ["SUBMIT Load /", "SUBMIT Load /AFTER=", "SUBMIT (", 'SUBMIT "Load', "SUBMIT Load,", "A / B"]
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str) -> None:
    if text == "A / B":
        assert read_line(text).qualifiers == (Qualifier("B", ()),)
        return
    with pytest.raises(UsageError, match="the line cannot be read"):
        read_line(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("SUBMIT Load", "submit"),
        ("sub Load", "submit"),
        ("SHOW JOB Load", "job"),
        ("sho ent", "entry"),
        ("SHOW ENTRIES", "entries"),
        ("MONITOR", "entries"),
        ("mon", "entries"),
        ("HOLD 12", "hold"),
        ("RELEASE 12", "release"),
        ("RESTART 12", "restart"),
        ("CANCEL 12", "cancel"),
        ("RESCHEDULE 12", "reschedule"),
        ("SET VARIABLE a=b", "set-variable"),
        ("set var a=b", "set-variable"),
        ("SHOW VARIABLE", "variable"),
        ("SHOW AGENT", "agent"),
        ("SHOW QUEUE", "queue"),
        ("SHOW RESOURCE", "resource"),
        ("SHOW HISTORY", "history"),
        ("START QUEUE q", "start-queue"),
        ("stop q q", "stop-queue"),
        ("RESET TRIGGER t", "reset-trigger"),
        ("EVALUATE WORKDAYS", "evaluate"),
        ("eva WORKDAYS", "evaluate"),
        ("CREATE JOB x", "create-job"),
        ("connect", "CONNECT"),
        ("HELP", "HELP"),
        ("exit", "EXIT"),
        ("QUIT", "QUIT"),
        ("disc", "DISCONNECT"),
        ("SUBMIT MANY /FILE=x", "submit-many"),
        ('SUBMIT "MANY"', "submit"),
        ("SUBMIT M", "submit"),
    ],
)
def test_verbs_may_be_shortened(text: str, word: str) -> None:
    assert found(text) == word


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("S", "S can be"),
        ("RE 1", "RE can be"),
        ("SHOW", "SHOW what"),
        ("SUBMTI x", "did you mean SUBMIT"),
        ("SET FOO x", "there is no SET FOO"),
        ("12", "no verb 12"),
    ],
)
def test_what_is_no_verb_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        found(text)


@pytest.mark.parametrize("word", list(COMMANDS))
def test_every_command_of_the_catalogue_is_a_verb(word: str) -> None:
    assert found(VERBS.phrase_of(word)) == word
    assert not set(OWN) & {phrase[0] for phrase, of in VERBS.phrases.items() if of == word}


@pytest.mark.parametrize("word", list(COMMANDS))
def test_every_option_is_a_qualifier(word: str) -> None:
    parser = command_parser(COMMANDS[word], COMMANDS)
    for name, action in qualifiers_of(parser).items():
        given = Qualifier(name, () if action.nargs == 0 else (Item("1"),))
        words = option_words(word, parser, given)
        assert words and words[0].split("=")[0] == f"--{name.lower()}"


def words(command: str, *given: Qualifier) -> list[str]:
    parser = command_parser(COMMANDS[command], COMMANDS)
    return [each for one in given for each in option_words(command.upper(), parser, one)]


def test_qualifiers_are_options() -> None:
    assert words("submit", Qualifier("HOLD", ()), Qualifier("wait", (Item("10m"),))) == [
        "--hold",
        "--wait",
        "--timeout=10m",
    ]
    pairs = (Item("day", "today"), Item("who", "a b"))
    assert words("submit", Qualifier("PARAM", pairs)) == ["--parameters=day=today", "--parameters=who=a b"]
    assert words("submit", Qualifier("NOHOLD", ()), Qualifier("NOPROMPT", ())) == []
    assert words("submit", Qualifier("NAME", (Item("x"),))) == ["--override-name=x"]
    assert words("change-variable", Qualifier("NOENCRYPTION_FLAG", ())) == ["--no-encryption-flag"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Qualifier("FOO", ()), "has no qualifier /FOO"),
        (Qualifier("HOLD", (Item("1"),)), "takes no value"),
        (Qualifier("AFTER", ()), "needs a value"),
        (Qualifier("P", (Item("1"),)), "can be /"),
        (Qualifier("NOAFTER", ()), "negated"),
    ],
)
def test_a_wrong_qualifier_is_told(given: Qualifier, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        words("submit", given)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (["submit", "Load", "/AFTER=18:00"], "submit Load /AFTER=18:00"),
        (["submit Load /HOLD"], "submit Load /HOLD"),
        (["submit", "Month end", "/AFTER=tomorrow 18:00"], 'submit "Month end" /AFTER="tomorrow 18:00"'),
        (
            ["submit", "Load", "/PARAMETERS=(day=today, who=me)"],
            "submit Load /PARAMETERS=(day=today, who=me)",
        ),
        (["@nightly.jcl"], "@nightly.jcl"),
    ],
)
def test_what_a_shell_has_taken_apart_is_a_line_again(typed: list[str], line: str) -> None:
    assert line_of(typed) == line


def test_one_shot_loads_no_prompt() -> None:
    script = "import sys; from webclient.interpreter.main import main; main(['help'])"
    script += "; print('prompt_toolkit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=50
    )
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("CONNECT host /USERNAME=ann /PASSWORD=hush", True),
        ("connect host/user=ann/pas=hush", True),
        ('con host /u=ann /P = "hush hush"', True),
        ("CONNECT host /USERNAME=ann", False),
        ("RESET PASSWORD bob /NEW_PASSWORD=hush", True),
        ('CONNECT host /PAS="hush', True),  # which is refused, and as secret
        ("CREATE VARIABLE Key /ENCRYPTION_FLAG /VALUE=hush", True),
        ("cre var Key/encr/val=hush", True),
        ("CREATE VARIABLE Key /VALUE=plain", False),
        (r"SUBMIT \Sales\Load /PARAMETERS=(day=today)", False),
        ("SHOW VARIABLES", False),
        ("", False),
    ],
)
def test_what_holds_a_secret_stays_out_of_the_history(text: str, secret: bool) -> None:
    assert holds_secret(text) is secret
