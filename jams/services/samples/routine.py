"""What the sample of the method Routine calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Greeting:
    """Greets somebody; ``Execute`` alone would be enough."""

    def Initialize(self, services: Any, attributes: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
        """Get ready."""
        services.log(f"Entry {attributes['JAMSEntry']} of {attributes['JobName']} begins.")

    def Execute(self, services: Any, attributes: Mapping[str, Any], parameters: Mapping[str, Any]) -> int:
        """Do the work; the answer is the exit code."""
        for number in range(1, parameters["Times"] + 1):
            services.log(f"{number}: Good day, {parameters['Who']}!")
        return 0

    def Cleanup(self, services: Any, attributes: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
        """Tidy up, whatever has happened."""
        services.log("It is over.")
