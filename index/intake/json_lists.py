"""Many articles in one JSON file: a line each, or the members of an array, read as they come."""

from __future__ import annotations

import codecs
import json
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, BinaryIO

from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.document import Document
from index.intake.files import SIZE_LIMIT, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16
_LONGEST_NAME = 500
_NAMES = ("id", "guid", "url", "link", "uuid", "_id")
_BETWEEN = re.compile(r"[\s,]*")


class _Origins:
    """The origin of each article of a file: by its id or address, or by a digest of its bytes.

    An id that another article has already tells nothing.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._taken: set[str] = set()

    def document(self, raw: bytes, told: object) -> Document:
        said = (told.get(name) for name in _NAMES) if isinstance(told, dict) else ()
        names = (clean(str(name)).strip() for name in said if isinstance(name, str | int) and name)
        digest = blake2b(raw, digest_size=10).hexdigest()
        name = next(
            (n for n in names if n and len(n) <= _LONGEST_NAME and n not in self._taken), digest
        )
        self._taken.add(name)
        return Document(raw, f"{self._origin}#{name}")


def lines(file: BinaryIO, origin: str) -> Iterator[Document | UnreadableError]:
    """Give the object on each line of a JSON Lines file. A line that is none is named by number."""
    origins = _Origins(origin)
    number = 0
    while line := file.readline(SIZE_LIMIT + 1):
        number += 1
        at = f"{origin}, line {number:,}"
        if len(line) > SIZE_LIMIT and not line.endswith(b"\n"):
            while rest := file.readline(_CHUNK):
                if rest.endswith(b"\n"):
                    break
            yield UnreadableError(at, too_large())
            continue
        line = line.strip(b"\xef\xbb\xbf \t\r\n")
        if line:
            told = _loaded(line)
            no_object = UnreadableError(at, "is no JSON object")
            yield origins.document(line, told) if isinstance(told, dict) else no_object


def members(file: BinaryIO, origin: str) -> Iterator[Document | UnreadableError]:
    """Give the objects of the first array in a JSON file, without holding more than one of them."""
    origins = _Origins(origin)
    text = _Text(file)
    if not text.find("["):
        yield UnreadableError(origin, "is JSON without a list of articles")
        return
    number = 0
    while True:
        found = text.value()
        if found is None:
            break
        number += 1
        written, told = found
        at = f"{origin}, article {number:,}"
        if isinstance(told, dict):
            yield origins.document(written.encode("utf-8", "replace"), told)
        else:
            yield UnreadableError(at, "is no JSON object")
    if text.fault:
        yield UnreadableError(origin, f"{text.fault} behind {number:,} articles")


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


class _Text:
    """The text of a file, of which a part is held."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._held = ""
        self._is_over = False
        self._decoder = json.JSONDecoder()
        self.fault = ""
        """Why there is no further value; empty at the end of the array."""

    def find(self, sign: str) -> bool:
        """Go behind the next ``sign``; tell whether there is one."""
        while sign not in self._held:
            self._held = ""
            if not self._more():
                return False
        self._held = self._held[self._held.index(sign) + 1 :]
        return True

    def value(self) -> tuple[str, Any] | None:
        """Return the next value as written and as told, or None where there is none."""
        wanted = 0
        while True:
            if len(self._held) >= wanted or self._is_over:
                start = self._start()
                if self._held[start : start + 1] == "]":
                    return None
                try:
                    told, end = self._decoder.raw_decode(self._held, start)
                except RecursionError:
                    self.fault = "is nested too deeply"
                    return None
                except ValueError:
                    if self._is_over:
                        self.fault = "breaks off"
                        return None
                else:
                    written, self._held = self._held[start:end], self._held[end:]
                    return written, told
                # Each try reads all of it again: wait for twice as much.
                wanted = 2 * len(self._held)
            if len(self._held) > SIZE_LIMIT:
                self.fault = too_large()
                return None
            self._more()

    def _start(self) -> int:
        found = _BETWEEN.match(self._held)
        return found.end() if found else 0

    def _more(self) -> bool:
        raw = self._file.read(_CHUNK)
        self._is_over = not raw
        self._held += self._decode.decode(raw, final=not raw)
        return bool(raw)
