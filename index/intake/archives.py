"""Archives: the files within are read in memory, and nothing is ever written to a disk."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self, cast

from index.errors import UnreadableError
from index.intake.files import SIZE_LIMIT, may_hold_articles, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 1_000_000
"""Files of an archive that are looked at."""

LONGEST_NAME = 1024 * 1024
"""Bytes of a name, and of what else may be told of a file, in a tar archive."""

MOST_ANNOUNCED = 8
"""Headers that a tar archive may have for one file: a name, the name of its link, the rest."""

_HOLES = "a file with holes"
"""No text has any, and the list of them may be without end."""

_ANNOUNCING = frozenset(
    {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE,
     tarfile.SOLARIS_XHDTYPE}
)  # fmt: skip
"""Kinds of headers behind which a name comes."""

DAMAGES: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError,
    OSError, ValueError, RuntimeError, NotImplementedError, OverflowError, IndexError,
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
            if info.filename.endswith("/"):
                continue  # It is a folder. Asking for that stumbles over names without a letter.
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
    """A header of a tar archive, which may announce a longer name than it has room for.

    What the standard library does with some would take up all the memory, or never end.
    """

    _told = 0
    """Bytes of the fields that were read so far, of a header that has such."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """Return the next header, when all those are read that announce something of it."""
        counted = cast("_Archive", archive)
        counted.announced += 1
        try:
            if counted.announced > MOST_ANNOUNCED:
                raise tarfile.ReadError("announcements without end")
            return super().fromtarfile(archive)
        finally:
            counted.announced -= 1

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Return the header in ``buf``, unless what is to come would fill the memory."""
        info = super().frombuf(buf, encoding, errors)
        if info.type in _ANNOUNCING and info.size > LONGEST_NAME:
            raise tarfile.ReadError("a name without end")
        if info.type == tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError(_HOLES)
        return info

    def _decode_pax_field(self, value: bytes, *encodings: str) -> str:
        """Return a field as text, or its name: fields that overlap add up to more than there is."""
        self._told += len(value)
        if self._told > self.size:
            raise tarfile.ReadError("fields within one another")
        if value.startswith(b"GNU.sparse."):
            raise tarfile.ReadError(_HOLES)
        return str(super()._decode_pax_field(value, *encodings))  # type: ignore[misc]


class _Archive(tarfile.TarFile):
    """A tar archive that is gone through once."""

    tarinfo = _Header
    announced = 0
    """Headers that are read for the sake of one file."""

    def next_file(self) -> tarfile.TarInfo | None:
        """Return the header of the next file, and keep nothing of those before it."""
        info = self.next()
        self.members.clear()  # type: ignore[attr-defined]
        # What is announced for all files to come adds up, and is in this one's header already.
        # None of it is needed to read the others.
        self.pax_headers.clear()  # type: ignore[attr-defined]
        return info


def tar_members(file: BinaryIO, origin: str) -> Iterator[Member | UnreadableError]:
    """Give the files of a tar archive that may hold articles, one after the other."""
    with _Archive.open(fileobj=file, mode="r|", errorlevel=0) as archive:
        number = 0
        while info := archive.next_file():
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
    if not path.parts:
        return "has no name"
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
