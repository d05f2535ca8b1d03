"""Whatever is generated and checked in: ``python run.py generate``, and ``--check`` to be told what is stale.

A generator is a function from a :class:`~generators.source.Source` to the files it writes. It may look into
any room, and no room imports it: what is generated travels, what generates stays here. A new one is a
function in a module of this package and a line in :mod:`generators.registry`.
"""
