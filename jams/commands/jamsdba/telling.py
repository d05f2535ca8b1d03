"""What is said of keys and secrets; never what they are."""

from __future__ import annotations

import sys

from jams.security.resealing import Proof, Resealed, Unopened

_MOST_NAMED = 20


def tell_resealed(done: Resealed) -> int:
    """Say what came of sealing secrets anew; the exit code."""
    print(f"{_secrets(done.changed)} sealed anew. The key is now {done.key}.")
    if done.given_up:
        print(f"Given up, since nothing here needs them any more: {', '.join(done.given_up)}.")
        print("A backup of earlier needs them: keep the exported file that goes with it.")
    if done.kept:
        print(f"Kept beside it: {', '.join(done.kept)}.")
    return tell_unopened(done.unopened)


def tell_proof(proof: Proof) -> int:
    """Say what came of opening every secret; the exit code."""
    opened = proof.total - len(proof.unopened)
    print(f"{opened:,} of {proof.total:,} secrets open.")
    for key, number in sorted(proof.keys.items()):
        print(f"  under the key {key or '(none)'}: {number:,}")
    return tell_unopened(proof.unopened)


def tell_unopened(unopened: list[Unopened]) -> int:
    """Name the secrets that cannot be opened; 1 if there are any."""
    for each in unopened[:_MOST_NAMED]:
        print(f"jamsdba: {each.noun} {each.name}: {each.reason}", file=sys.stderr)
    if len(unopened) > _MOST_NAMED:
        print(f"jamsdba: and {len(unopened) - _MOST_NAMED:,} more.", file=sys.stderr)
    return 1 if unopened else 0


def _secrets(number: int) -> str:
    return "1 secret was" if number == 1 else f"{number:,} secrets were"
