"""What a document is, or a container of documents: told by its first bytes, then by its name."""

from __future__ import annotations

import codecs
import re
from enum import Enum

START_SIZE = 64 * 1024
"""Bytes of a beginning that tell what it is the beginning of."""


class Format(Enum):
    """What an input may be, in words that complete a sentence."""

    TEXT = "a plain text"
    MARKDOWN = "a Markdown text"
    HTML = "a web page"
    MHTML = "a saved web page"
    JSON_ARTICLE = "a JSON object"
    EMAIL = "an email"

    FEED = "a feed"
    OPML = "a list of feeds"
    JSON_LINES = "a JSON Lines file"
    JSON_ARRAY = "a JSON array"
    MBOX = "a mailbox"
    EPUB = "an EPUB book"
    ZIP = "a zip archive"
    TAR = "a tar archive"
    GZIP = "a gzip file"
    BZIP2 = "a bzip2 file"
    XZ = "an xz file"
    ZSTD = "a Zstandard file"


COMPRESSED = frozenset({Format.GZIP, Format.BZIP2, Format.XZ, Format.ZSTD})
"""What holds one other file, and is named like it with a further suffix."""

SUFFIXES = {
    "txt": Format.TEXT, "text": Format.TEXT, "asc": Format.TEXT, "story": Format.TEXT,
    "md": Format.MARKDOWN, "markdown": Format.MARKDOWN, "mdown": Format.MARKDOWN,
    "mkd": Format.MARKDOWN, "mdx": Format.MARKDOWN,
    "html": Format.HTML, "htm": Format.HTML, "xhtml": Format.HTML, "xht": Format.HTML,
    "shtml": Format.HTML, "mht": Format.MHTML, "mhtml": Format.MHTML,
    "json": Format.JSON_ARTICLE, "eml": Format.EMAIL,
    "rss": Format.FEED, "atom": Format.FEED, "rdf": Format.FEED, "xml": Format.FEED,
    "opml": Format.OPML, "jsonl": Format.JSON_LINES, "ndjson": Format.JSON_LINES,
    "jl": Format.JSON_LINES, "mbox": Format.MBOX, "mbx": Format.MBOX, "epub": Format.EPUB,
    "zip": Format.ZIP, "tar": Format.TAR, "tgz": Format.GZIP, "gz": Format.GZIP,
    "tbz2": Format.BZIP2, "tbz": Format.BZIP2, "bz2": Format.BZIP2, "txz": Format.XZ,
    "xz": Format.XZ, "zst": Format.ZSTD,
}  # fmt: skip
"""The format that the end of a name promises, in small letters and without the full stop."""

_SHORT_FOR_TAR = frozenset({"tgz", "tbz2", "tbz", "txz"})

_SAYS_SO_ITSELF = frozenset({Format.EPUB, Format.ZIP, Format.TAR, Format.MBOX}) | COMPRESSED
"""Formats that begin in one way alone: a name promises nothing where the content does not."""

_WHITE = b" \t\r\n\f\v"

_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def recognise(start: bytes, name: str) -> Format:
    """Return what the document or container is that begins with ``start`` and is called ``name``.

    ``start`` is its first :data:`START_SIZE` bytes, or all of it where it is shorter; ``name`` a
    path or an address. What nothing speaks for is a plain text.
    """
    suffix = suffix_of(name)
    if packed := _packed(start, suffix):
        return packed
    text = _in_bytes(start).lstrip(_WHITE)
    match text[:1]:
        case b"<":
            told = _markup(text, suffix)
        case b"{":
            told = _json_object(text, suffix)
        case b"[":
            told = _json_array(text, suffix)
        case _:
            told = _lines(text, suffix)
    return told or _promised(text, suffix)


def suffix_of(name: str) -> str:
    """Return the end of a name that says its format, behind which that of a compression may come.

    It is in small letters and without the full stop, and empty where there is none.
    """
    if "://" in name:
        name = name.partition("#")[0].partition("?")[0]
    before, _, suffix = name.rpartition(".")
    suffix = suffix.lower()
    if SUFFIXES.get(suffix) not in COMPRESSED:
        return suffix if before else ""
    return "tar" if suffix in _SHORT_FOR_TAR else before.rpartition(".")[2].lower()


def _promised(text: bytes, suffix: str) -> Format:
    promised = SUFFIXES.get(suffix, Format.TEXT)
    if promised in _SAYS_SO_ITSELF or (promised is Format.HTML and not _TAG.search(text)):
        return Format.TEXT
    return promised


# --- bytes that are no text -----------------------------------------------------------------------

_MAGIC = {
    b"\x1f\x8b\x08": Format.GZIP,
    b"\xfd7z": Format.XZ,
    b"\x28\xb5\x2f": Format.ZSTD,
}
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_TAR_MAGIC = slice(257, 262)
_TAR_CHECKSUM = slice(148, 156)
_TAR_HEADER = 512

_ZIP_NAME = 30
"""Bytes of a zip member's header before its name."""

_OFFICE = re.compile(
    rb"\[Content_Types\]\.xml|_rels/|(?:word|xl|ppt|docProps)/|mimetypeapplication/vnd\."
)
"""How the name of the first member goes on in an office document, which is a zip archive."""


def _packed(start: bytes, suffix: str) -> Format | None:
    if start[:1] == b"P" and start[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _zip(start, suffix)
    if told := _MAGIC.get(start[:3]):
        return told
    if start[_TAR_MAGIC] == b"ustar" or (b"\x00" in start[:100] and _is_old_tar(start)):
        return Format.TAR
    return Format.BZIP2 if start[:3] == b"BZh" and _BZIP2.match(start) else None


def _zip(start: bytes, suffix: str) -> Format | None:
    """Tell a book from an archive; an office document is neither, and is refused as no text.

    Some books do not say at their beginning that they are: their name has to.
    """
    first = start[_ZIP_NAME : _ZIP_NAME + 100]
    if first.startswith(b"mimetypeapplication/epub+zip"):
        return Format.EPUB
    if _OFFICE.match(first):
        return None
    return Format.EPUB if SUFFIXES.get(suffix) is Format.EPUB else Format.ZIP


def _is_old_tar(start: bytes) -> bool:
    """Whether ``start`` is a header from before there was a magic: its checksum is right."""
    header = start[:_TAR_HEADER]
    written = header[_TAR_CHECKSUM].strip(b" \x00")
    if len(header) < _TAR_HEADER or not re.fullmatch(rb"[0-7]{1,7}", written):
        return False
    return int(written, 8) == sum(header) - sum(header[_TAR_CHECKSUM]) + 8 * ord(" ")


def _in_bytes(start: bytes) -> bytes:
    """Return ``start`` with a byte for each ASCII character, and without its byte order mark."""
    if start[:1] not in b"\xef\xfe\xff\x00" or not start:
        return start
    if start.startswith(codecs.BOM_UTF8):
        return start[len(codecs.BOM_UTF8) :]
    for mark, encoding in _WIDE_MARKS:
        if start.startswith(mark):
            return start.decode(encoding, "ignore").encode("utf-8", "ignore")
    return start


# --- markup ---------------------------------------------------------------------------------------

_PROLOGUE = re.compile(
    rb"(?:\s++|<\?.*?\?>|<!--.*?-->|<!doctype\b(?P<doctype>[^>\[]*+)(?:\[.*?\]\s*+)?>)*+",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(rb"<[a-zA-Z!/?]")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([a-zA-Z][\w.-]*)")
_ROOTS = {
    b"html": Format.HTML, b"head": Format.HTML, b"body": Format.HTML, b"rss": Format.FEED,
    b"feed": Format.FEED, b"rdf": Format.FEED, b"channel": Format.FEED, b"opml": Format.OPML,
}  # fmt: skip
_PARTS_OF_A_PAGE = frozenset(
    b"a article aside b base blockquote br center div em figure font footer form frameset h1 h2 h3"
    b" h4 header hr i iframe img link main meta nav ol p pre script section span strong style"
    b" table title ul".split()
)
_FEWEST_TAGS = 4
"""Tags of a beginning without a root element that is a page, and not a text that speaks of one."""


def _markup(text: bytes, suffix: str) -> Format | None:
    prologue = _PROLOGUE.match(text)
    doctype = (prologue and prologue["doctype"]) or b""
    if doctype.split()[:1] and doctype.split()[0].lower() == b"html":
        return Format.HTML
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    if root is None:
        return None
    element = root[1].lower()
    if told := _ROOTS.get(element):
        return told
    if element in _PARTS_OF_A_PAGE and len(_TAG.findall(text)) >= _FEWEST_TAGS and b"</" in text:
        return Format.HTML
    is_xml = text.startswith(b"<?xml")
    return Format.HTML if is_xml and suffix not in SUFFIXES else None


# --- JSON -----------------------------------------------------------------------------------------

_OBJECT = re.compile(rb'\{\s*["}]')
_OBJECTS = re.compile(rb'\[\s*\{\s*["}]')
_NEXT_OBJECT = re.compile(rb"\{[^\n]*\}[ \t\r]*\n\s*\{")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_FEED_SEARCH = 16 * 1024

LIST_INSIDE = re.compile(
    rb'\{(?:\s*"[^"\\]{1,60}"\s*:\s*(?:"(?:[^"\\]|\\.){0,400}+"|[-+.\w]{1,40})\s*,)*+'
    rb'\s*"(?:articles|data|docs|documents|entries|hits|items|news|posts|results|stories)"'
    rb"\s*:\s*(?=\[\s*\{)"
)
"""An object that holds a list of articles, behind nothing but numbers and short strings."""


def _json_object(text: bytes, suffix: str) -> Format | None:
    if not _OBJECT.match(text):
        return None
    if _JSON_FEED.search(text, 0, _FEED_SEARCH):
        return Format.FEED
    if SUFFIXES.get(suffix) is Format.JSON_LINES or _NEXT_OBJECT.match(text):
        return Format.JSON_LINES
    return Format.JSON_ARRAY if LIST_INSIDE.match(text) else Format.JSON_ARTICLE


def _json_array(text: bytes, suffix: str) -> Format | None:
    promised = SUFFIXES.get(suffix)
    return Format.JSON_ARRAY if promised is Format.JSON_ARTICLE or _OBJECTS.match(text) else None


# --- lines ----------------------------------------------------------------------------------------

_ENVELOPE = re.compile(rb"From [^\n]*\n>?[A-Za-z][A-Za-z0-9-]*:")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)++")
_HEADER_NAME = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.MULTILINE | re.IGNORECASE)
_SENDER = re.compile(rb"^from:[^\n]*@", re.MULTILINE | re.IGNORECASE)

_OF_MAIL = frozenset({b"received", b"message-id", b"mime-version", b"return-path", b"newsgroups"})
"""Headers that no text opens with."""

_OF_SENT_MAIL = frozenset({b"received", b"message-id", b"return-path", b"delivered-to"})
"""Headers that a page has not which a browser saved as if it were an email."""

_FRONT_MATTER = re.compile(
    rb"(---|\+\+\+)[ \t]*\r?\n(?P<matter>.{0,20000}?\n)\1[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(rb"^[\"']?(?:title|date|author|slug|layout)[\"']?\s*[:=]", re.MULTILINE)


def _lines(text: bytes, suffix: str) -> Format | None:
    opening = text[:1]
    if opening in {b"-", b"+"}:
        matter = _FRONT_MATTER.match(text)
        return Format.MARKDOWN if matter and _FIELD.search(matter["matter"]) else None
    if opening == b"F" and _ENVELOPE.match(text):
        return Format.MBOX
    return _headed(text, suffix) if _HEADER.match(text) else None


def _headed(text: bytes, suffix: str) -> Format | None:
    headers = _HEADERS.match(text)
    if headers is None:
        return None
    names = {name.lower() for name in _HEADER_NAME.findall(headers[0])}
    is_sent = bool(_SENDER.search(headers[0])) or not names.isdisjoint(_OF_SENT_MAIL)
    if b"mime-version" in names and _RELATED.search(headers[0]):
        return Format.EMAIL if suffix == "eml" or is_sent else Format.MHTML
    is_mail = bool(names & _OF_MAIL) or is_sent
    return Format.EMAIL if is_mail and len(names) > 1 else None
