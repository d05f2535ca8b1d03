"""What stands in a source between ``<<`` and ``>>``, and what is put in its place (semantics 4.3).

``substitution`` and ``values`` are pure functions; ``symbols`` looks up what names mean for an entry, and
``macros`` reads the files in which texts lie that sources share.
"""
