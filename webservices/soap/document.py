"""Parses request documents, within limits that keep every request cheap to refuse."""

from __future__ import annotations

import codecs

from lxml import etree
from lxml.etree import _Element as Element

from jams.objects.errors import MalformedRequest, UnsupportedMediaType

CHARSETS = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "utf-16", "utf-16be", "utf-16le"})
"""Encodings that are read; WS-I BP 1.1 R1012 asks for UTF-8 and UTF-16."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
)

MAX_ATTRIBUTES = 2_000
MAX_ELEMENTS = 200_000
_TOO_MANY = etree.XPath("count(//@*) > $attributes or count(//*) > $elements")


def parse(body: bytes, charset: str | None) -> Element:
    """The root element of a request.

    Nothing outside the document is ever read: a document type declaration is refused, whatever is in it.

    Args:
        body: the document.
        charset: what the Content-Type says of its encoding. A byte order mark goes before it (RFC 7303
            section 3); where there is neither, the document itself says it.

    Raises:
        MalformedRequest: it is not well-formed, has a document type, or is out of all proportion.
        UnsupportedMediaType: its encoding is not one of :data:`CHARSETS`.
    """
    encoding = _encoding(body, charset)
    if encoding is not None and encoding not in CHARSETS:
        raise UnsupportedMediaType("The charset must be utf-8, utf-16, us-ascii or iso-8859-1.")
    if not body.strip():
        raise MalformedRequest("The request is empty.")
    try:
        root = etree.fromstring(body, _parser(encoding))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MalformedRequest(f"The request is not well-formed XML: {_told(error)}.") from None
    information = root.getroottree().docinfo
    if information.internalDTD is not None:
        raise MalformedRequest("A document type declaration is not allowed.")
    if (information.encoding or "utf-8").lower() not in CHARSETS:
        raise UnsupportedMediaType("The encoding must be utf-8, utf-16, us-ascii or iso-8859-1.")
    if _TOO_MANY(root, attributes=MAX_ATTRIBUTES, elements=MAX_ELEMENTS):
        raise MalformedRequest("The request has too many elements or attributes.")
    return root


def _encoding(body: bytes, charset: str | None) -> str | None:
    """What the bytes are read as; None leaves it to the XML declaration."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding
    told = None if charset is None else charset.lower()
    if told == "utf-16":
        return "utf-16be" if body.startswith(b"\0") else "utf-16le"
    return told


def _told(error: Exception) -> str:
    """What is wrong with the document, without lxml's own name for a document that is no file."""
    return str(getattr(error, "msg", None) or error)[:200]


def _parser(charset: str | None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=charset,
        huge_tree=False,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
