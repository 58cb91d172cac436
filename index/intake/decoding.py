"""Bytes to text: the encoding found out, line ends made one kind, binary files refused."""

from __future__ import annotations

import codecs
import re

from index.errors import UnreadableError

SAMPLE_SIZE = 64 * 1024
"""Bytes an encoding is guessed from, and controls are counted in."""

_BOMS = (
    # UTF-32 first: its little-endian mark begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_WHITE = b" \t\n\r\f\v"

_WESTERN_LETTERS = re.compile("[À-ÏÑ-ÖØ-Üß-ïñ-öø-üÿŒœŠšŽžŸ]")
"""Not Ð, Ý and Þ: their bytes are Turkish letters far more often than Icelandic ones."""

_PLAIN_LETTERS = re.compile("[A-Za-z]")
_WESTERN_SIGNS = re.compile("[‘’“”‚„†‡•…–—™€£¥©®°«»·¿¡§½¼¾ºª\xa0]")


def decode(raw: bytes, origin: str) -> str:
    r"""Return the text of ``raw``, with ``\n`` as its only line end.

    Raises UnreadableError when ``raw`` is not text.
    """
    text = _decode_marked(raw)
    if text is None:
        refuse_binary(raw, origin)
        text = _decode_utf8(raw)
    if text is None:
        text = _decode_guessed(raw)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(raw: bytes) -> str | None:
    """Decode by the byte order mark, or return None where there is none."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    return None


def refuse_binary(raw: bytes, origin: str) -> None:
    """Raise UnreadableError, which says what it is, where ``raw`` is no text."""
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            raise UnreadableError(origin, f"is {name}, not text")
    visible = raw[:SAMPLE_SIZE].translate(None, _WHITE)
    text = visible.translate(None, _CONTROLS)
    if not text:
        return  # Nothing but controls: empty, as whoever asks for the words will find.
    if b"\x00" in raw or len(visible) > 2 * len(text):
        raise UnreadableError(origin, "is a binary file, not text")


def _decode_utf8(raw: bytes) -> str | None:
    """Decode UTF-8, also where a few bytes of it are damaged, or return None."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if beyond_ascii > 5 * damaged else None


def _decode_guessed(raw: bytes) -> str:
    sample = _telling_sample(raw)
    if _looks_western(sample):
        return raw.decode("cp1252", errors="replace")
    # Imported here: it is heavy and seldom needed, as nearly all that is read is UTF-8.
    import charset_normalizer  # noqa: PLC0415

    match = charset_normalizer.from_bytes(sample, steps=3).best()
    return raw.decode(match.encoding if match else "cp1252", errors="replace")


def _telling_sample(raw: bytes) -> bytes:
    """Return a bounded part of ``raw`` that begins at the line of its first non-ASCII byte."""
    found = re.search(rb"[\x80-\xff]", raw)
    start = raw.rfind(b"\n", 0, found.start()) + 1 if found else 0
    if found and found.start() - start > SAMPLE_SIZE // 2:
        start = found.start()
    return raw[start : start + SAMPLE_SIZE]


def _looks_western(sample: bytes) -> bool:
    """Whether ``sample`` makes sense as Western European text, with few accents and signs.

    Guessing by statistics goes wrong on short texts, and Western is what news without UTF-8 is.
    """
    text = sample.decode("cp1252", errors="replace")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    accented = len(_WESTERN_LETTERS.findall(text))
    plain = len(_PLAIN_LETTERS.findall(text))
    signs = len(_WESTERN_SIGNS.findall(text))
    return accented + signs == beyond_ascii and 4 * accented < plain + 4
