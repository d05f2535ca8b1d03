"""The rule by which the SOAP contract grows: what was promised in a release stays (docs/soap.md, Versions).

``soap_contract.txt`` holds what was promised, a line for each fact. ``python -m generators.soap_contract``
writes it anew when a release is made, and refuses to take a promise back.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from .soap_promises import FILE, Facts, Member, frozen
from .source import Source

_XS = "{http://www.w3.org/2001/XMLSchema}"
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_FAULT = "types:JAMSFault"
_LOWER = ("minInclusive", "minExclusive", "minLength")
_UPPER = ("maxInclusive", "maxExclusive", "maxLength")
_MANY = "unbounded"


def of_wsdl(wsdl: str) -> Facts:
    """The facts that a WSDL tells."""
    root, facts = ElementTree.fromstring(wsdl), Facts()
    for binding in root.iter(f"{_WSDL}binding"):
        family = str(binding.get("name")).removesuffix("Soap11")
        for operation in binding.iter(f"{_WSDL}operation"):
            action = operation.find("{http://schemas.xmlsoap.org/wsdl/soap/}operation")
            if action is not None:
                facts.operations[f"{family}.{operation.get('name')}"] = str(action.get("soapAction"))
    for schema in root.iter(f"{_XS}schema"):
        space = str(schema.get("targetNamespace")).rpartition(":")[2]
        for kind in schema.iterfind(f"{_XS}simpleType"):
            _add_simple(facts, f"{space}:{kind.get('name')}", kind)
        for kind in schema.iterfind(f"{_XS}complexType"):
            name = f"{space}:{kind.get('name')}"
            facts.types[name] = {
                str(element.get("name")): _member(facts, f"{name}.{element.get('name')}", element)
                for element in kind.iterfind(f"{_XS}sequence/{_XS}element")
            }
    return facts


def _member(facts: Facts, place: str, element: ElementTree.Element) -> Member:
    kind = str(element.get("type") or place).replace("t:", "types:", 1)
    inner = element.find(f"{_XS}simpleType")
    if inner is not None:
        _add_simple(facts, place, inner)
        kind = place
    return Member(kind, element.get("minOccurs", "1"), element.get("maxOccurs", "1"))


def _add_simple(facts: Facts, name: str, kind: ElementTree.Element) -> None:
    enumeration = [str(item.get("value")) for item in kind.iter(f"{_XS}enumeration")]
    if enumeration:
        facts.values[name] = enumeration
        facts.simple[name] = {"base": "xs:string"}
        return
    restriction = kind.find(f"{_XS}restriction")
    assert restriction is not None, name
    limits = {part.tag.removeprefix(_XS): str(part.get("value")) for part in restriction}
    limits.pop("pattern", None)
    facts.simple[name] = {"base": str(restriction.get("base")), **limits}


def breaks(frozen: Facts, now: Facts) -> list[str]:
    """What a contract takes back of what another has promised, in words; nothing where it only grows."""
    asked, answered = _used(frozen, answers=False), _used(frozen, answers=True)
    found = [
        f"the operation {name} is gone, or its action is another"
        for name, action in frozen.operations.items()
        if now.operations.get(name) != action
    ]
    for name, members in frozen.types.items():
        if name not in now.types:
            found.append(f"the type {name} is gone")
            continue
        found += _breaks_of_type(name, members, now.types[name])
        for member, told in members.items():
            new = now.types[name].get(member)
            if new is None:
                continue
            if name in asked:
                found += _breaks_of_request(f"{name}.{member}", told, new, frozen, now)
            if name in answered:
                found += _breaks_of_answer(f"{name}.{member}", told, new)
        found += [
            f"{name}.{member} is new, so it cannot be required in a request"
            for member, told in now.types[name].items()
            if name in asked and member not in members and told.least != "0"
        ]
    for name, values in frozen.values.items():
        lost = [value for value in values if value not in now.values.get(name, [])]
        found += [f"the value {value} of {name} is gone" for value in lost]
    return found


def _breaks_of_type(name: str, old: Mapping[str, Member], new: Mapping[str, Member]) -> Iterator[str]:
    yield from (f"{name}.{member} is gone" for member in old if member not in new)
    stayed = [member for member in new if member in old]
    if stayed != [member for member in old if member in new]:
        yield f"the members of {name} stand in another order"
    elif list(new)[: len(stayed)] != stayed:
        yield f"new members of {name} stand before old ones; .NET overlooks what follows an unknown one"


def _breaks_of_request(place: str, old: Member, new: Member, frozen: Facts, now: Facts) -> Iterator[str]:
    if _base(old, frozen) != _base(new, now):
        yield f"{place} holds something else"
    if (old.least, new.least) == ("0", "1"):
        yield f"{place} is required"
    if old.most == _MANY != new.most:
        yield f"{place} can no longer be repeated"
    before, after = frozen.simple.get(old.kind, {}), now.simple.get(new.kind, {})
    for limit in (*_LOWER, *_UPPER):
        if limit in after and (limit not in before or _narrower(limit, before[limit], after[limit])):
            yield f"{place} takes less than it did ({limit})"


def _narrower(limit: str, before: str, after: str) -> bool:
    return float(after) > float(before) if limit in _LOWER else float(after) < float(before)


def _breaks_of_answer(place: str, old: Member, new: Member) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"{place} is of another type"
    if (old.least, new.least) == ("1", "0"):
        yield f"{place} may be left out of an answer"
    if (old.most == _MANY) != (new.most == _MANY):
        yield f"{place} is a list no longer, or has become one"


def _base(member: Member, facts: Facts) -> str:
    return facts.simple[member.kind]["base"] if member.kind in facts.simple else member.kind


def _used(facts: Facts, *, answers: bool) -> set[str]:
    """The types that requests are made of, or answers."""
    used = set[str]()
    new = [_FAULT] if answers else []
    new += [
        name for name in facts.types if not name.startswith("types:") and name.endswith("Response") is answers
    ]
    while new:
        name = new.pop()
        if name in facts.types and name not in used:
            used.add(name)
            new += [member.kind for member in facts.types[name].values()]
    return used


def main() -> int:
    """Freeze the contract as it is now, unless it takes a promise back."""
    now = of_wsdl(Source().wsdl)
    broken = breaks(frozen(), now) if FILE.exists() else []
    if broken:
        print(
            "\n".join(broken),
            "Nothing was written: this would be another contract.",
            sep="\n",
            file=sys.stderr,
        )
        return 1
    FILE.write_text("".join(f"{line}\n" for line in now.lines()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
