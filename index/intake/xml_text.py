"""XML to harmless text: its encoding found out, its declarations gone, what is no XML mended.

Feeds and lists of feeds are XML in name: many are in another encoding than they say, or have bare
ampersands and control characters that a parser stops at. And what a document declares can be
turned against its reader: entities that grow a thousandfold, or that stand for files.
"""

from __future__ import annotations

import codecs
import re
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING

from index.cleaning import clean_lines
from index.errors import UnreadableError
from index.intake.charsets import codec_of
from index.intake.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_ENTITY = 200
"""Characters an entity may stand for: a company's name, not a weapon."""

MOST_ENTITIES = 300
"""Entities a document may declare: more than HTML 4 has."""

MOST_GROWTH = 1024 * 1024
"""Characters that the entities of a document may stand for altogether."""

_HEAD = 4096
"""Bytes among which the declaration of the encoding is looked for."""

_PEEK = 64 * 1024
"""Bytes among which the root element is looked for, to recognise a format."""

_MARKED = (
    # UTF-32 first: its little-endian mark begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_UNMARKED = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How ``<?xm`` begins in encodings that ASCII is no part of: XML 1.0, appendix F."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*?\sencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML document may contain: XML 1.0, production 2."""

_REFERENCE = re.compile(
    r"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>)?"
    r"|&(?:#(?:(?P<decimal>[0-9]{1,10})|[xX](?P<hex>[0-9a-fA-F]{1,8}));"
    r"|(?P<name>[A-Za-z_][\w.-]{0,60});)?"
)
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})

_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_]")
_ROOT_NAME = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})(?=[\s/>])")
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s\"'<>%]{1,100})\s+"
    r"(?:(?P<outside>SYSTEM|PUBLIC)\b|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_EXPANDS = re.compile(r"&(?!#)|%|<")
_GROWS = "declares entities that could grow without bounds"


def xml_text(raw: bytes, origin: str, content_type: str | None = None) -> str:
    """Return the text of an XML document, from its root element on, fit for any parser.

    ``content_type`` is what the server said. The text has no declarations, no entities but the
    five of XML, and no characters that XML forbids. Raises UnreadableError for what is no text,
    and for a document that declares entities of entities, or long ones.
    """
    text = _decoded(raw, origin, content_type)
    start = _root(text)
    entities = _entities(text[:start], origin)
    body = text[start:]
    if "\x1b" in body:
        # While the escape characters are there yet, what they begin can be told from text.
        body = clean_lines(body)
    body = _NOT_XML.sub("", body)
    growth = sum(body.count(f"&{name};") * len(value) for name, value in entities.items())
    if growth > MOST_GROWTH:
        raise UnreadableError(origin, _GROWS)
    return _mended(body, entities)


def root_name(raw: bytes) -> str:
    """Return the name of the root element in small letters, without prefix; or ``""``.

    It is looked for at the beginning alone, and whether the rest is XML is not looked at.
    """
    head = raw[:_PEEK]
    for sign, encoding in (*_UNMARKED, *_MARKED):
        if head.startswith(sign):
            text = head.decode(encoding, "replace")
            break
    else:
        text = head.decode("latin-1")
    found = _ROOT_NAME.match(text, _root(text))
    return found[1].lower() if found else ""


def _decoded(raw: bytes, origin: str, content_type: str | None) -> str:
    """Decode by what is certain first, then by what is said, then by what is likely."""
    if raw.startswith(tuple(mark for mark, _ in _MARKED)):
        return decode(raw, origin)
    for sign, encoding in _UNMARKED:
        if raw.startswith(sign):
            return raw.decode(encoding, "replace")
    for encoding in _said(raw, content_type):
        try:
            text = raw.decode(encoding)
        except ValueError:
            continue
        if "<" in text:  # Else said wrongly: many a document in ASCII claims to be UTF-16.
            return text
    guessed = decode(raw, origin)
    return guessed if "<" in guessed else raw.decode("cp1252", "replace")


def _said(raw: bytes, content_type: str | None) -> list[str]:
    """Return the encodings that a document may be in, the likeliest first.

    Bytes beyond ASCII that are valid UTF-8 are UTF-8, whatever anybody says. Then the server is
    believed before the document, as RFC 7303 has it.
    """
    server = _CHARSET.search(content_type or "")
    declared = _DECLARED.match(raw[:_HEAD])
    said = [server[1]] if server else []
    said += [declared[1].decode("ascii")] if declared else []
    known = [codec for name in said if (codec := codec_of(name))]
    return known if raw.isascii() else ["utf-8", *known]


def _root(text: str) -> int:
    """Return where the root element begins: behind declarations, comments and instructions."""
    place = 0
    while True:
        place = text.find("<", place)
        if place < 0:
            return len(text)
        if text.startswith("<!--", place):
            end = text.find("-->", place)
        elif _DOCTYPE.match(text, place):
            end = _doctype_end(text, place)
        elif text.startswith(("<?", "<!"), place):
            end = text.find(">", place)
        elif _ROOT.match(text, place):
            return place
        else:
            end = place
        if end < 0:
            return len(text)
        place = end + 1


def _doctype_end(text: str, start: int) -> int:
    """Return where the document type declaration ends, with what it declares in brackets."""
    bracket, end = text.find("[", start), text.find(">", start)
    if bracket < 0 or end < bracket:
        return end
    closing = re.compile(r"\]\s*>").search(text, bracket)
    return closing.end() - 1 if closing else -1


def _entities(head: str, origin: str) -> Mapping[str, str]:
    """Return what the entities that a document declares stand for."""
    entities: dict[str, str] = {}
    for found in _ENTITY.finditer(head):
        if found["outside"] and found["parameter"]:
            # The entities of HTML, as many name them: these are known here.
            continue
        value = found["double"] or found["single"] or ""
        # What is outside the document is never fetched: nothing stands for it.
        entities.setdefault(found["name"], "" if found["outside"] else value)
        is_large = len(value) > LONGEST_ENTITY or len(entities) > MOST_ENTITIES
        if is_large or found["parameter"] or _EXPANDS.search(value):
            raise UnreadableError(origin, _GROWS)
    return entities


def _mended(text: str, entities: Mapping[str, str]) -> str:
    """Resolve entities, and make ampersands that stand for themselves references."""

    def mend(found: re.Match[str]) -> str:
        whole = found[0]
        if whole[0] == "<":
            return whole
        if name := found["name"]:
            return _entity(name, entities)
        number = found["decimal"] or found["hex"]
        if not number:
            return "&amp;"
        code = int(number, 10 if found["decimal"] else 16)
        is_sound = code <= 0x10FFFF and not _NOT_XML.match(chr(code))
        return whole if is_sound else ""

    return _REFERENCE.sub(mend, text)


def _entity(name: str, entities: Mapping[str, str]) -> str:
    if name in _XML_ENTITIES:
        return f"&{name};"
    if name in entities:
        return entities[name]
    if character := html5.get(f"{name};"):
        return escape(character)
    return f"&amp;{name};"
