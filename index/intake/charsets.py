"""Encodings by the names that documents and servers give them, as browsers understand these."""

from __future__ import annotations

import codecs

from index.errors import UnreadableError
from index.intake.decoding import refuse_binary

_BROWSERS = {
    "x-sjis": "cp932", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "windows-874": "cp874",
    "x-mac-roman": "mac-roman", "iso-8859-8-i": "iso8859-8", "x-user-defined": "cp1252",
}  # fmt: skip
"""Names that Python does not know (WHATWG Encoding, 4.2)."""

_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "iso8859-11": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "shift_jis": "cp932",
}  # fmt: skip
"""By Python's names: encodings in which more of what people write can be read."""

_NO_CHARSETS = frozenset({
    "idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape",
    "raw-unicode-escape", "undefined", "base64", "bz2", "hex", "quopri", "rot-13", "uu", "zlib",
    "mbcs", "oem",
})  # fmt: skip
"""Codecs that are no character sets; reading a long text takes some of them forever."""

_LONGEST_NAME = 40

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)
_WIDE = ("utf-16", "utf-32")


def codec_of(name: str) -> str | None:
    """Return the codec of the encoding that a document or a server calls ``name``.

    None where that is no encoding of texts.
    """
    name = name.lower()
    if not name.isascii() or not name.isprintable() or len(name) > _LONGEST_NAME:
        return None
    try:
        codec = codecs.lookup(_BROWSERS.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return None if codec in _NO_CHARSETS else _SUPERSETS.get(codec, codec)


def marked(raw: bytes, encoding: str) -> bytes:
    """Return ``raw`` as a text that says its encoding, which so far only its server told.

    It is turned into UTF-8, with a byte order mark in front. What is no text in that encoding, or
    can be read without being told, is returned as it is.
    """
    codec = codec_of(encoding)
    if codec is None or raw.startswith(_MARKS) or is_utf8(raw):
        return raw
    try:
        text = raw.decode(codec).encode()
        refuse_binary(text if codec.startswith(_WIDE) else raw, "")
    except (UnicodeError, UnreadableError):
        return raw
    return raw if text == raw else codecs.BOM_UTF8 + text


def decode_as(raw: bytes, encoding: str) -> str | None:
    """Return the text of ``raw`` in an encoding that was declared for it.

    None where there is no such encoding, or ``raw`` is not in it. What is UTF-8 for certain is
    that, whatever was declared.
    """
    codec = codec_of(encoding)
    if codec is None:
        return None
    try:
        return raw.decode("utf-8-sig" if is_utf8(raw) else codec)
    except ValueError:
        return None


def is_utf8(raw: bytes) -> bool:
    """Tell whether ``raw`` is UTF-8 for certain: no other encoding of accents ever is."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return not raw.isascii()
