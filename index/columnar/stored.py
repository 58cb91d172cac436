"""Stored fields: what a document gives back as it was given, one line of JSON a value.

JSON knows neither dates nor bytes, so these are objects with a single key, ``"$" + kind``.
Nothing else can be stored; in particular nothing that would have to be unpickled.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from index.columnar.arrays import offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.columnar.arrayfile import ArrayFile, ArrayFileWriter

_KINDS: dict[str, tuple[type, Callable[[Any], str], Callable[[str], object]]] = {
    "$datetime": (dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    "$date": (dt.date, dt.date.isoformat, dt.date.fromisoformat),
    "$decimal": (Decimal, str, Decimal),
    "$bytes": (bytes, lambda raw: base64.b85encode(raw).decode(), base64.b85decode),
}


def to_json(value: object) -> bytes:
    """Return a value as JSON. Raises TypeError for a value that JSON has no form for."""
    return json.dumps(value, ensure_ascii=False, default=_tagged).encode("utf-8", "surrogatepass")


def from_json(raw: bytes) -> Any:
    """Return the value of what :func:`to_json` returned. Tuples have become lists."""
    return json.loads(raw.decode("utf-8", "surrogatepass"), object_hook=_untagged)


class StoredColumn:
    """The stored values of one field, by document number."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._starts = file[f"{name}.starts"].data
        self._blob = file[f"{name}.blob"].data

    def raw(self, document: int) -> bytes:
        """Return the JSON of a document's value; nothing where it has none."""
        return bytes(self._blob[self._starts[document] : self._starts[document + 1]])


def add_stored(file: ArrayFileWriter, name: str, values: Sequence[bytes]) -> None:
    """Write the JSON of one value a document, nothing for those without."""
    starts = offsets(np.fromiter(map(len, values), np.intp, len(values)))
    blob = b"".join(values)
    file.add(f"{name}.starts", starts.astype(np.uint64 if len(blob) >> 32 else np.uint32))
    file.add(f"{name}.blob", np.frombuffer(blob, np.uint8))


def _tagged(value: object) -> dict[str, str]:
    for tag, (kind, write, _) in _KINDS.items():
        if isinstance(value, kind):
            return {tag: write(value)}
    raise TypeError(f"{value!r} can't be stored: JSON has no form for it.")


def _untagged(pairs: dict[str, Any]) -> Any:
    if len(pairs) == 1:
        ((tag, value),) = pairs.items()
        if tag in _KINDS and isinstance(value, str):
            return _KINDS[tag][2](value)
    return pairs
