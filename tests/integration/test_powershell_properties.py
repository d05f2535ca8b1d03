"""Objects bear the same properties in the module and in sessions, whatever type they are of."""

from __future__ import annotations

import pytest

from generators.module.classes import documents
from jams.objects.base import pascal_name
from jams.operations import CATALOGUE
from psprovider.cmdlets.further import further
from psprovider.engine.values import names_of
from tests.support.powershell_module import NEEDS_POWERSHELL, shell

pytestmark = NEEDS_POWERSHELL
_EDITING = "Lenient, NewObject"
"""What an object of the module says of its being edited; objects of sessions are not edited."""


def test_properties_are_those_of_the_module(tmp_path_factory: pytest.TempPathFactory) -> None:
    structs = documents(CATALOGUE)
    done = shell(tmp_path_factory, "properties").run(
        f"""
        foreach ($type in '{"','".join(structs)}'.Split(',').Trim("'")) {{
            Tell $type @((New-Object "MVPSI.JAMS.$type").PSObject.Properties |
                Where-Object Name -notin {_EDITING} | ForEach-Object Name)
        }}
        """
    )
    assert done.errors == ""
    for name, struct in structs.items():
        session = {each.lower() for each in names_of(struct)}
        # A class of .NET has no member of its own name.
        assert session == {
            each.lower().replace(f"{name.lower()}property", name.lower()) for each in done[name]
        }
    assert {"starttime", "completiontime", "elapsedtime", "entry", "id"} <= {*further(structs["Entry"])}
    assert "enabled" in further(structs["Job"]) and pascal_name("jobName") in names_of(structs["Job"])
