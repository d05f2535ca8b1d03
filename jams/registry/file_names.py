"""Which files definitions may wait for."""

from __future__ import annotations

import os


def refusal(path: str) -> str:
    """Why nobody looks for such a file, in a sentence; nothing where somebody does.

    Kept all the same it would never come: who looks stands in no folder that the author of a definition
    knows, and lists the one folder that is named.
    """
    folder = os.path.dirname(path)
    if not os.path.isabs(path):
        return "Files are looked for by their whole path, from the root of the server's machine."
    if "*" in folder or "?" in folder:
        return "Only the last part of the path may hold * and ?."
    return ""
