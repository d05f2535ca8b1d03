"""What the recorded endpoint answered to the questions of :mod:`tests.support.psrp_cases`.

``answers.json`` holds of each case the recording, the line of the question, what had been asked, and the
skeletons (:mod:`tests.support.psrp_skeleton`) of the messages that answered it.

``python -m tests.support.psrp_answers FOLDER`` makes that file anew from a folder of recordings, and says
which questions in recordings that are not played (``test_psrp_recordings.py``) are neither answered like one
of the cases nor listed in ``ELSEWHERE``. A recording is a file of JSON objects, one a line: ``n`` counts
them, ``dir`` is ``C`` or ``S`` for the client or the server, ``line`` is one line of the out-of-process
framing.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from psprovider.endpoint.messages import MessageType
from tests.support.psrp_cases import CASES, ELSEWHERE, WHOLE
from tests.support.psrp_recordings import FOLDER
from tests.support.psrp_skeleton import joined, skeleton

ANSWERS = FOLDER / "answers.json"
_HEADER, _LAST = 21, 2
"""Of a fragment: the length of its header, and the bit that tells that it is a message's last."""


def asked_and_answered(path: Path) -> Iterator[tuple[int, str, list[Any]]]:
    """The pipelines of a recording: the line of the question, the question as text, the answer."""
    found: dict[str, tuple[int, str, list[Any]]] = {}
    parts: dict[str, bytes] = {}
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        match = re.match(r"<Data Stream='Default' PSGuid='([0-9a-f-]{36})'>(.*)</Data>", record["line"] or "")
        if match is None:
            continue
        target, fragment = match[1], base64.b64decode(match[2])
        if record["dir"] == "C":
            _, kind, body = _message(fragment[_HEADER:])
            if kind in (MessageType.CREATE_PIPELINE, MessageType.GET_COMMAND_METADATA):
                found[target] = (record["n"], _question(ElementTree.fromstring(body)), [])
        elif target in found:
            parts[target] = parts.get(target, b"") + fragment[_HEADER:]
            if fragment[16] & _LAST:
                _, kind, body = _message(parts.pop(target))
                found[target][2].append(skeleton(MessageType(kind).name, body))
    for number, question, answer in found.values():
        yield number, question, joined(answer)


def _message(data: bytes) -> tuple[int, int, str]:
    """Destination, type and body of a message."""
    return *struct.unpack_from("<II", data), data[40:].decode("utf-8-sig", "replace")


def _question(root: ElementTree.Element) -> str:
    """The commands of a message that starts a pipeline, or the names it asks for."""
    names = root.find("MS/Obj[@N='Name']/LST")
    if names is not None:
        return ", ".join(name.text or "" for name in names)
    shell = root.find("MS/Obj[@N='PowerShell']/MS")
    assert shell is not None
    chains = shell.findall("Obj[@N='ExtraCmds']/LST/Obj/MS/Obj[@N='Cmds']/LST")
    chains = chains or shell.findall("Obj[@N='Cmds']/LST")
    return "; ".join(" | ".join(_command(command) for command in chain) for chain in chains)


def _command(command: ElementTree.Element) -> str:
    words = [(command.findtext("MS/S[@N='Cmd']") or "").strip().replace("_x000A_", "\n")]
    for argument in command.findall("MS/Obj[@N='Args']/LST/Obj/MS"):
        name = argument.findtext("S[@N='N']")
        if name is not None:
            words.append(name if name.startswith("-") else f"-{name}")
        value = argument.find("*[@N='V']")
        assert value is not None
        if value.tag != "Nil":
            words.append(_value(value))
        elif name is None or not name.startswith("-"):
            words.append("$null")
    return " ".join(words)


def _value(value: ElementTree.Element) -> str:
    items = value.find("LST")
    if items is not None:
        return ",".join(_value(item) for item in items)
    text = value.text or value.findtext("ToString") or ""
    return f"'{text}'" if value.tag == "S" and (not text or " " in text) else text


def remade(folder: Path) -> str:
    """The text of ``answers.json``, one message a line, from the recordings in a folder."""
    read = {name: list(asked_and_answered(folder / f"{name}.jsonl")) for name in {c.recording for c in CASES}}
    written = []
    for case in CASES:
        asked, answer = next((q, a) for number, q, a in read[case.recording] if number == case.line)
        place = json.dumps({"recording": case.recording, "line": case.line, "asked": asked})
        messages = ",\n".join(json.dumps(message, separators=(",", ":")) for message in answer)
        written.append(f'{json.dumps(case.name)}: {place[:-1]}, "answer": [\n{messages}\n]}}')
    return "{\n" + ",\n".join(written) + "\n}\n"


def uncovered(folder: Path) -> Iterator[str]:
    """The pipelines of recordings that are not played, not like a case, and not listed."""
    known = [case["answer"] for case in json.loads(ANSWERS.read_text(encoding="utf-8")).values()]
    for path in sorted(folder.glob("*.jsonl")):
        listed = ELSEWHERE.get(path.stem, {})
        if (FOLDER / path.name).exists() or WHOLE in listed:
            continue
        for number, question, answer in asked_and_answered(path):
            if answer not in known and number not in listed:
                yield f"{path.stem} {number}: {question[:100]!r} {[message[0] for message in answer]}"


def main(folder: Path) -> None:
    """Make the file anew, and say what it lacks."""
    ANSWERS.write_text(remade(folder), encoding="utf-8")
    for line in uncovered(folder):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
