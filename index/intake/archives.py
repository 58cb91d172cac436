"""Archives: the files within are read in memory, and nothing is ever written to a disk."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from index.errors import UnreadableError
from index.intake.files import SIZE_LIMIT, may_hold_articles, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 1_000_000
"""Files of an archive that are looked at."""

LONGEST_NAME = 1024 * 1024
"""Bytes of a name, and of what else may be told of a file, in a tar archive."""

_ANNOUNCING = frozenset(
    {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE,
     tarfile.SOLARIS_XHDTYPE}
)  # fmt: skip
"""Kinds of headers behind which a name comes."""

DAMAGES: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError,
    OSError, ValueError, RuntimeError, NotImplementedError, OverflowError,
)  # fmt: skip
"""What the standard library raises at archives that are damaged, or made to be."""

_ENCRYPTED = 0x1


class Member(NamedTuple):
    """A file within an archive."""

    origin: str
    file: BinaryIO


def zip_members(file: BinaryIO, origin: str) -> Iterator[Member | UnreadableError]:
    """Give the files of a zip archive that may hold articles, one after the other."""
    with zipfile.ZipFile(seekable(file, origin)) as archive:
        infos = archive.infolist()
        for info in infos[:MOST_MEMBERS]:
            if info.is_dir():
                continue
            at = f"{origin}/{info.filename}"
            if reason := _against(info.filename):
                yield UnreadableError(at, reason)
            elif not _is_wanted(info.filename):
                continue
            elif is_encrypted(info):
                yield UnreadableError(at, "is encrypted")
            else:
                yield from _zip_member(archive, info, at)
    if len(infos) > MOST_MEMBERS:
        yield UnreadableError(origin, f"has more than {MOST_MEMBERS:,} files")


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: str
) -> Iterator[Member | UnreadableError]:
    try:
        member = archive.open(info)
    except DAMAGES:
        yield UnreadableError(origin, "is damaged")
        return
    with member:
        yield Member(origin, member)  # type: ignore[arg-type]


def seekable(file: BinaryIO, origin: str) -> BinaryIO:
    """Return a file that can be read in any order, as zip archives are.

    Raises UnreadableError where that is an archive within another and too large to be held.
    """
    if file.seekable():
        return file
    raw = file.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT:
        raise UnreadableError(origin, f"an archive within another: {too_large()}")
    return io.BytesIO(raw)


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Whether a member of a zip archive can be read with a password alone."""
    return bool(info.flag_bits & _ENCRYPTED)


class _Header(tarfile.TarInfo):
    """A header of a tar archive, which may announce a longer name than it has room for."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Return the header in ``buf``, unless the name to come would fill the memory."""
        info = super().frombuf(buf, encoding, errors)
        if info.type in _ANNOUNCING and info.size > LONGEST_NAME:
            raise tarfile.ReadError("a name without end")
        return info


def tar_members(file: BinaryIO, origin: str) -> Iterator[Member | UnreadableError]:
    """Give the files of a tar archive that may hold articles, one after the other."""
    with tarfile.open(fileobj=file, mode="r|", errorlevel=0, tarinfo=_Header) as archive:
        number = 0
        while info := archive.next():
            archive.members.clear()  # type: ignore[attr-defined]  # Else all are kept.
            number += 1
            if number > MOST_MEMBERS:
                yield UnreadableError(origin, f"has more than {MOST_MEMBERS:,} files")
                return
            if found := _tar_member(archive, info, origin):
                yield found


def _tar_member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, origin: str
) -> Member | UnreadableError | None:
    at = f"{origin}/{info.name}"
    if info.isdir():
        return None
    if reason := _against(info.name):
        return UnreadableError(at, reason)
    if not _is_wanted(info.name):
        return None
    if not info.isreg():
        return UnreadableError(at, "is a link or a device, not a file")
    member = archive.extractfile(info)
    return Member(at, member) if member else None  # type: ignore[arg-type]


def _against(name: str) -> str | None:
    """Say why a name is refused: it points out of the archive, or can't be told in text."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\x00" in name:
        return "its name points out of the archive"
    try:
        name.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8 text"
    return None


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    of_page = any(part.endswith("_files") for part in path.parts[:-1])
    return not hidden and not of_page and may_hold_articles(path.name)
