"""Pages of articles, as they are handed on to be kept: the bytes know their own encoding."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from index.intake.document import Document

if TYPE_CHECKING:
    from index.feeds.asking import Fetched

_HEAD = 1024
"""Bytes of a page in which it says its encoding, if it does (HTML, 13.2.3.2)."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)


def document_of(answer: Fetched) -> Document:
    """Return a page as a document; its origin is the address that was asked for.

    A page whose encoding only its server told would not be understood without it: it is turned into
    UTF-8, with a byte order mark to say so.
    """
    raw = answer.raw or b""
    told = _CHARSET.search(answer.content_type or "")
    if told and not raw.startswith(_MARKS) and b"charset" not in raw[:_HEAD].lower():
        try:
            raw = codecs.BOM_UTF8 + raw.decode(told[1], "replace").encode("utf-8", "replace")
        except (LookupError, ValueError):
            pass
    return Document(raw, answer.asked.address)
