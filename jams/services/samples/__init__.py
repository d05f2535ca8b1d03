r"""Samples in the folder ``\Samples``, made through the operations like anybody else's.

A module of samples for each group of features; each job's description says what there is to see.
"""

from .installing import install as install
from .model import FOLDER as FOLDER
