"""Paths to inputs: files and folders are walked, and each file becomes its raw bytes."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes a file may have. No news story comes near; a disk image or a database dump does."""

TEXT_SUFFIXES = frozenset({".txt", ".text", ".asc", ".story"})
"""What a text file's name ends with. A name without a suffix may be a text, too."""

_ABOUT_FOLDER = re.compile(
    r"(?:readme|read_me|read-me)\b.*"
    r"|(?:authors|changelog|changes|contributing|copying|install|licen[cs]e|makefile|manifest"
    r"|notice|todo|version|dockerfile)"
    r"|(?:requirements|robots|cmakelists)\.txt",
    re.IGNORECASE,
)
"""Names of files that speak about the folder they lie in."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9_~-]{0,11}")
"""What counts as a suffix: the end of ``U.S. and Iran agree`` does not, nor that of ``note.1``."""

_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path | UnreadableError]:
    """Yield the files that ``paths`` stand for, each once, absolute, in a steady order.

    A path of a file stands for itself, whatever it is called. A folder stands for the files in it
    and below that could be texts; hidden ones and those about the folder are left out. What
    cannot be looked into is yielded as an error, and the rest goes on.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _find_one(Path(origin_of(path))):
            if isinstance(found, UnreadableError):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def origin_of(path: str | os.PathLike[str]) -> str:
    """Return the origin of the article in the file at ``path``: absolute, links not followed."""
    return os.path.abspath(path)  # noqa: PTH100  (resolving would follow links)


def read(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of the file at ``path``.

    Raises UnreadableError, which names the path and why: vanished, not permitted, not a regular
    file, or above the size limit. A file too large is not read to find that out.
    """
    name = os.fspath(path)
    try:
        _require_file(name, Path(name).stat())
        # What is a file now may be a pipe a moment later: never wait for a writer.
        descriptor = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            _require_file(name, os.fstat(descriptor))
            raw = file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(name, _reason(error)) from error
    if len(raw) > SIZE_LIMIT:
        raise UnreadableError(name, f"more than the limit of {_megabytes(SIZE_LIMIT)}")
    return raw


def _find_one(path: Path) -> Iterator[Path | UnreadableError]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield UnreadableError(str(path), _reason(error))
        return
    if is_folder:
        yield from _walk(path)
    else:
        yield path


def _walk(folder: Path) -> Iterator[Path | UnreadableError]:
    """Walk without recursion, so that no depth is too deep, and enter each real folder once."""
    entered: set[tuple[int, int]] = set()
    ahead = [folder]
    while ahead:
        path = ahead.pop()
        try:
            status = path.stat()
            identity = (status.st_dev, status.st_ino)
            if not stat.S_ISDIR(status.st_mode):
                if _may_be_text(path.name):
                    yield path
            elif identity not in entered:
                entered.add(identity)
                ahead += reversed(_visible_in(path))
        except OSError as error:
            yield UnreadableError(str(path), _reason(error))


def _visible_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _may_be_text(name: str) -> bool:
    if _ABOUT_FOLDER.fullmatch(name):
        return False
    suffix = Path(name).suffix
    return suffix.lower() in TEXT_SUFFIXES or not _SUFFIX.fullmatch(suffix)


def _require_file(name: str, status: os.stat_result) -> None:
    for is_kind, reason in _KINDS:
        if is_kind(status.st_mode):
            raise UnreadableError(name, reason)
    if status.st_size > SIZE_LIMIT:
        size, limit = _megabytes(status.st_size), _megabytes(SIZE_LIMIT)
        raise UnreadableError(name, f"{size}; the limit is {limit}")


def _megabytes(size: int) -> str:
    return f"{-(-size // (1024 * 1024))} MB"


def _reason(error: OSError | ValueError) -> str:
    """Say in a few words why a path could not be read."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "not a valid path"
