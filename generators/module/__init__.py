"""What of the PowerShell module follows from the catalogue; the rest of its folder is written by hand."""

from __future__ import annotations

from collections.abc import Mapping

import jams

from ..jsontext import render
from ..source import ROOT, Source
from .classes import render_classes
from .completers import render_completers
from .describe import describe
from .enumerations import render_enumerations
from .functions import render_functions
from .manifest import render_manifest
from .views import render_format, render_types

FOLDER = "psprovider/module/JAMS"
_VERSION = """namespace MVPSI.JAMS.Module
{
    /// <summary>The version of the module, which is known before any of its files is found.</summary>
    internal static class ModuleVersion
    {
        internal const string Text = "%s";
    }
}
"""


def generate(source: Source) -> Mapping[str, str]:
    """The generated files of the module."""
    return {f"{FOLDER}/{name}": text for name, text in rendered(source).items()}


def rendered(source: Source) -> dict[str, str]:
    """The generated files by their path in the module."""
    catalogue, built = source.catalogue, source.cmdlets
    sources = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / FOLDER / "source").glob("*.cs")
    }
    sources["Documents.cs"] = render_classes(catalogue)
    sources["Enumerations.cs"] = render_enumerations()
    sources["ModuleVersion.cs"] = _VERSION % jams.__version__
    return {
        "source/Documents.cs": sources["Documents.cs"],
        "source/Enumerations.cs": sources["Enumerations.cs"],
        "source/ModuleVersion.cs": sources["ModuleVersion.cs"],
        "Completers.ps1": render_completers(built),
        "Functions.ps1": render_functions(built),
        "JAMS.format.ps1xml": render_format(catalogue),
        "JAMS.json": render(describe(catalogue, built)),
        "JAMS.psd1": render_manifest(built, sources),
        "JAMS.types.ps1xml": render_types(catalogue),
    }
