"""The class library of JAMS and the services behind it.

The rooms and the direction of imports between them are described in ``docs/architecture.md``.
"""

__version__ = "0.1.0"
