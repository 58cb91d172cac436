"""Inputs made hostile at random: bent, cut, grown and packed, the same ones for the same seed."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from typing import TYPE_CHECKING

from benchmarks.intake.samples import packed, tarred, zipped
from benchmarks.intake.supervised import Case
from index.intake.recognition import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Mutation = Callable[[bytes, random.Random], bytes]

LARGEST = 1024 * 1024
"""Bytes of an input, at most."""

_MOST_MUTATIONS = 6

_TOKENS = (
    b"\x00", b"\xff", b"\x1b]0;owned\x07", b"\x1b[2J", b"\xc2\x9b31m", b"\xe2\x80\xae", b"\r",
    b"\n", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"<",
    b">", b"</", b"<div>", b"<p ", b"<table><tr><td>", b"<blockquote>", b"<ul><li>",
    b"<a href='x'>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [",
    b'<!ENTITY a "&b;&b;">', b"&a;", b"&#0;", b"&#x110000;", b"&#27;", b"&", b"<script>",
    b"<style>", b"<svg>", b"<math>", b"<item>", b"<entry>", b"<title>", b"<outline ", b" a='b'",
    b' xmlns:a="b"', b"[", b"]", b"{", b"}", b'{"a":', b'"', b"'", b"\\", b"\\u0000", b"\\ud800",
    b"\\x1b", b"1e999", b"-", b"9" * 400, b"null", b"true", b",", b":", b"---\n", b"+++\n", b"- ",
    b"* ", b"# ", b"> ", b"    ", b"\t", b"`", b"```\n", b"[a](", b"![", b"](", b"*_", b"**",
    b"~", b"| - |", b"From a@b Mon May  4 12:00:00 2026\n", b">From ", b"--b\n", b"--b--",
    b"Content-Type: multipart/mixed; boundary=b\n\n", b"Content-Type: message/rfc822\n\n",
    b"Subject: ", b"Content-Transfer-Encoding: base64\n", b"=?utf-8?b?", b"?=", b"=?x?q?=1B]0;?=",
    b"charset=utf-7", b"charset=idna", b"=\n", b"=1B", b"PK\x03\x04", b"PK\x01\x02",
    b"\x1f\x8b\x08", b"BZh9", b"../", b"/", b"0001-01-01", b"9999-12-31T23:59:60Z", b"+99:99",
    b"http://[", b"https://a:b@c:99999/", b"%00", "ı".encode(), "\u0300".encode(),
    "\u200d".encode(), "﷽".encode(), "\U000e0041".encode(),
)  # fmt: skip
"""What formats are made of, and what programs stumble over."""


def mutated(samples: Sequence[Case], seed: int, number: int) -> Case:
    """Return a hostile input made from ``samples``: of one seed and number always the same."""
    chance = random.Random(f"{seed}:{number}")
    case = chance.choice(samples)
    if chance.random() < _WITHIN and (files := _files(case)):
        # What is packed well is read to the end.
        name = chance.choice(sorted(files))
        files[name] = _mutated(files[name], chance)
        pack = tarred if case.name.endswith(".tar") else zipped
        return Case(case.name, pack(files))
    raw = _mutated(case.raw, chance)
    if chance.random() < _SPLICED:
        other = chance.choice(samples).raw
        raw = (raw[: _place(raw, chance)] + other[_place(other, chance) :])[:LARGEST]
    return _named(Case(case.name, raw), chance)


_WITHIN, _SPLICED, _RENAMED, _PACKED = 0.8, 0.1, 0.1, 0.15


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, _MOST_MUTATIONS)):
        raw = chance.choice(_MUTATIONS)(raw, chance)[:LARGEST]
    return raw


def _files(case: Case) -> dict[str, bytes]:
    """Return the files of a sample that is an archive or a book; nothing of any other."""
    if case.name.endswith((".zip", ".epub")):
        with zipfile.ZipFile(io.BytesIO(case.raw)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if case.name.endswith(".tar"):
        with tarfile.open(fileobj=io.BytesIO(case.raw)) as packed_:
            found = {info.name: packed_.extractfile(info) for info in packed_ if info.isfile()}
            return {name: file.read() for name, file in found.items() if file}
    return {}


def _named(case: Case, chance: random.Random) -> Case:
    """Return the case, perhaps under a name that promises another format, or packed."""
    if chance.random() < _RENAMED:
        case = Case(f"renamed.{chance.choice(sorted(SUFFIXES))}", case.raw)
    if chance.random() < _PACKED:
        files = {case.name: case.raw, "second.txt": b"A story.\n\nIt has a text."}
        case = chance.choice([
            *packed(case), Case("all.zip", zipped(files)), Case("all.tar", tarred(files)),
        ])  # fmt: skip
    return case


# --- mutations ------------------------------------------------------------------------------------


def _place(raw: bytes, chance: random.Random) -> int:
    return chance.randint(0, len(raw))


def _span(raw: bytes, chance: random.Random) -> tuple[int, int]:
    start = _place(raw, chance)
    return start, min(len(raw), start + int(chance.expovariate(1 / 40)) + 1)


def _bend(raw: bytes, chance: random.Random) -> bytes:
    """Change some bits."""
    bent = bytearray(raw)
    for _ in range(chance.choice([1, 3, 20])):
        if bent:
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def _overwrite(raw: bytes, chance: random.Random) -> bytes:
    """Write a number over some bytes: a length or an offset may stand there."""
    start = _place(raw, chance)
    number = chance.choice([b"\x00" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f"])
    return raw[:start] + number + raw[start + 4 :]


def _cut(raw: bytes, chance: random.Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:start] + raw[end:]


def _break_off(raw: bytes, chance: random.Random) -> bytes:
    return raw[: _place(raw, chance)]


def _insert(raw: bytes, chance: random.Random) -> bytes:
    start = _place(raw, chance)
    return raw[:start] + chance.choice(_TOKENS) + raw[start:]


def _replace(raw: bytes, chance: random.Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:start] + chance.choice(_TOKENS) + raw[end:]


def _insert_many(raw: bytes, chance: random.Random) -> bytes:
    """Insert one or two tokens again and again: nested, or long, or both."""
    start = _place(raw, chance)
    unit = b"".join(chance.choices(_TOKENS, k=chance.randint(1, 2)))
    times = min(chance.choice([10, 300, 5_000, 100_000]), LARGEST // len(unit))
    return raw[:start] + unit * times + raw[start:]


def _repeat(raw: bytes, chance: random.Random) -> bytes:
    """Repeat a part many times."""
    start, end = _span(raw, chance)
    times = min(chance.choice([2, 50, 2_000]), LARGEST // max(1, end - start))
    return raw[:start] + raw[start:end] * times + raw[end:]


def _shuffle(raw: bytes, chance: random.Random) -> bytes:
    """Swap two parts."""
    a, b, c, d = sorted(_place(raw, chance) for _ in range(4))
    return raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]


def _encode(raw: bytes, chance: random.Random) -> bytes:
    """Write the same text in another encoding."""
    encoding = chance.choice(["utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "shift_jis"])
    return raw.decode("utf-8", "replace").encode(encoding, "replace")


_MUTATIONS: Sequence[Mutation] = (
    _bend, _overwrite, _cut, _break_off, _insert, _insert, _replace, _replace, _insert_many,
    _repeat, _shuffle, _encode,
)  # fmt: skip
