"""What works write is without the secrets that they were given."""

from __future__ import annotations

import base64
import html
import io
import json
from collections.abc import Callable

import pytest

from jams.objects import tasks
from jams.objects.tasks import Hidden, Task
from jams.work.masking import MASK, Masking, login_of, of_account
from jams.work.tables import write_table

pytestmark = pytest.mark.unit


def _of_a_table(text: str) -> str:
    out = io.StringIO()
    write_table(["t"], [[text]], out, most=1)
    return out.getvalue().splitlines()[2]


def _of_sql(text: str) -> str:
    return text.replace("'", "''")


@pytest.mark.parametrize(
    "text",
    [
        "the p@ss wörd here",
        "http://h/?k=p%40ss%20w%C3%B6rd",
        "k=p%40ss+w%C3%B6rd",
        "cut: 'p@ss wö",
        "p@ss wörd",
    ],
)
def test_a_secret_is_masked_however_it_is_written(text: str) -> None:
    out = io.StringIO()
    print(text, file=Masking(out, ["p@ss wörd"]))
    written = out.getvalue()
    assert MASK in written and "ss w" not in written and "w%C3" not in written


@pytest.mark.parametrize("write", [json.dumps, repr, ascii, html.escape, _of_a_table, _of_sql])
def test_a_secret_is_masked_as_documents_and_tables_write_it(write: Callable[[str], str]) -> None:
    for secret in ("p\"a\\s's/wörd", "two\twords <&>", "hard\u00a0space"):
        out = io.StringIO()
        print(write(f"it is {secret}, {secret}"), file=Masking(out, [secret]))
        assert out.getvalue().strip("'\"\n") == f"it is {MASK}, {MASK}"


def test_each_line_of_a_secret_is_masked_and_nothing_else() -> None:
    out = io.StringIO()
    Masking(out, ["first line\nsecond line", ""]).write("a first line, b second line, c\n")
    assert out.getvalue() == f"a {MASK}, b {MASK}, c\n"


def test_the_beginning_of_a_secret_is_masked_as_far_as_it_goes() -> None:
    out = io.StringIO()
    stream = Masking(out, ["abababcd" + "x" * 100_000])
    stream.write("1 abababc 2 abababab 3 ababa 4 abababcd" + "x" * 99_999)
    assert out.getvalue() == f"1 {MASK} 2 {MASK} 3 ababa 4 {MASK}"


def test_what_nobody_writes_down_comes_back_from_the_pipe() -> None:
    hidden = Hidden(parameters={"Token": "s"}, inserted={"jams-1": "s\n"})
    for password, key in (("", None), ("p", None), ("p", "k\n")):
        data = tasks.proof(password, key, hidden)
        assert tasks.proven(data) == (password or None, key, hidden)
        assert tasks.proven(tasks.proof(password, key)) == (password or None, key, Hidden())
    task = Task(method="HTTP", source="GET <jams-1>", jams_entry=1, ron=1, job_name="j", folder_name="\\")
    whole = tasks.whole(task, hidden)
    assert (whole.source, whole.parameters) == ("GET <s\n>", {"Token": "s"})
    assert "s" not in repr(hidden).replace("parameters", "").partition("(")[2].replace("Token", "")


@pytest.mark.parametrize(
    "written",
    [
        json.dumps({"echo": "a\"b\\c&<é>'d/"}),
        json.dumps({"echo": "a\"b\\c&<é>'d/"}, ensure_ascii=False),
        json.dumps("a\"b\\c&<é>'d/").replace("/", "\\/"),
        '"a\\"b\\\\c\\u0026\\u003c\\u00e9\\u003e\\u0027d/"',
        html.escape("a\"b\\c&<é>'d/"),
        'a"b\\c&amp;&lt;é&gt;&#39;d/',
        repr("a\"b\\c&<é>'d/"),
        "VALUES ('a\"b\\c&<é>''d/')",
        base64.b64encode("a\"b\\c&<é>'d/".encode()).decode(),
    ],
)
def test_a_secret_is_masked_as_others_tell_it_again(written: str) -> None:
    out = io.StringIO()
    Masking(out, ["a\"b\\c&<é>'d/"]).write(written)
    assert MASK in out.getvalue() and "b" not in out.getvalue().replace("echo", ""), out.getvalue()


def test_the_account_of_a_request_is_masked_as_its_header_has_it() -> None:
    out = io.StringIO()
    header = base64.b64encode(b"svc:pw").decode()
    masking = Masking(out, of_account("pw", None), login_of("svc", "pw"))
    masking.write(f"Authorization: Basic {header}, svc:pw, pw\n")
    assert out.getvalue() == f"Authorization: Basic {MASK}, {MASK}, pw\n"
    assert of_account("longer", "key of some length") == ["longer", "key of some length"]
    assert of_account(None, None) == login_of(None, "pw") == login_of("svc", None) == []


def test_the_name_of_the_account_is_no_secret() -> None:
    out = io.StringIO()
    masking = Masking(out, of_account("a long password", None), login_of("postgres", "a long password"))
    masking.write("postgres, postgres:a long password, a long pass…\n")
    assert out.getvalue() == f"postgres, {MASK}, {MASK}…\n"
