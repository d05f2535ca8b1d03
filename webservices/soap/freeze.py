"""Writes the frozen WSDL: ``python -m webservices.soap.freeze``. Review what changed before committing it."""

from __future__ import annotations

from jams.operations import CATALOGUE

from .contract import WSDL_FILE
from .wsdl import build


def main() -> None:
    """Write ``jams.wsdl`` from the catalogue."""
    WSDL_FILE.write_bytes(build(CATALOGUE))
    print(f"Wrote {WSDL_FILE} with {len(CATALOGUE)} operations.")


if __name__ == "__main__":
    main()
