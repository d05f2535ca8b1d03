"""The compiled writer writes what spyne would, and spyne loads on every Python."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from lxml import etree

from benchmarks.soap_serialiser import Both, entries
from jams.operations import CATALOGUE
from jams.wire.soap.names import TYPES
from jams.wire.soap.shapes import shape_of
from tests.support.soap import entry
from webservices.soap.schemas import Nowhere
from webservices.soap.services import Services
from webservices.soap.types import Types, complex_type
from webservices.soap.writer import Writer
from webservices.waiting import Waits


@pytest.mark.parametrize("found", [[], [entry()], entries(20)], ids=["none", "odd", "many"])
def test_same_bytes_as_spyne(found: list[Any]) -> None:
    both = Both(found)
    assert both.compiled() == both.spyne().replace(b"+00:00<", b"Z<")  # .NET takes +00:00 for local time
    assert len(both.compiled()) > len(found) * 1000


def test_a_mapping_is_written_as_pairs() -> None:
    pairs = Types().member(shape_of(dict[str, str | int | None]), "Parameters", required=True)
    holder = type("Holder", (), {"values": {"a": "x", "b": 5, "c": None}})()
    root = etree.Element("root")
    Writer()(complex_type("Holder", {"values": pairs}, None), f"{{{TYPES}}}Holder")(root, holder)
    found = [[(etree.QName(c).localname, c.text) for c in pair] for pair in root[0]]
    assert found == [[("Name", "a"), ("Value", "x")], [("Name", "b"), ("Value", "5")], [("Name", "c")]]


@pytest.mark.parametrize("kind", [bytes, list[list[int]], int | list[int], object])
def test_a_type_without_a_form_in_xml_is_an_error_of_the_declaration(kind: Any) -> None:
    with pytest.raises(TypeError, match="no form in XML"):
        shape_of(kind)


def test_spyne_stays_inside_its_package() -> None:
    """A face that does not speak SOAP loads neither spyne nor lxml; loading SOAP adds no import hook.

    Not even for a moment: it is loaded in a thread of its own, while others import what they need.
    """
    code = (
        "import sys, webservices.rest, jams.operations; "
        "assert not {'spyne', 'lxml'} & set(sys.modules), 'loaded too much'; "
        "hooks = []; "
        "Watched = type('Watched', (list,), {'append': lambda self, one: hooks.append(one)}); "
        "sys.meta_path = Watched(sys.meta_path); "
        "import webservices.soap; assert 'spyne' in sys.modules; "
        "assert all(hasattr(one, 'find_spec') for one in hooks), hooks; "
        "assert not [one for one in hooks if type(one).__module__.startswith('spyne')]; "
        "assert sys.modules.get('cgi') is None"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_every_use_of_a_type_shares_its_description() -> None:
    services = Services(Waits(Nowhere(), 1), CATALOGUE)
    names = [cls.get_type_name() for _, cls in services.types.structs()]
    assert len(names) == len(set(names)) and "JAMSFault" in names
