"""Feeds that no server sends: files, and what commands put out."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from index.cleaning import clean
from index.errors import UnreadableError
from index.feeds.addresses import COMMAND, FILE, command_of, file_of
from index.feeds.asking import FetchError, in_megabytes
from index.intake.files import open_file

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from pathlib import Path

_PART = 64 * 1024
_FAREWELL = 1.0
_COMPLAINT = 200
"""Characters of what a command complained of last."""


async def read_local(address: str, limit: int, seconds: float) -> bytes:
    """Return what is in a file, or what a command puts out within some time.

    Raises FetchError where it is nothing, or too much.
    """
    if address.startswith(COMMAND):
        return await _output(command_of(address), limit, seconds)
    if address.startswith(FILE):
        return read_file(file_of(address), limit)
    raise FetchError("this is no address")


def read_file(path: Path, limit: int) -> bytes:
    """Return what is in a file. Raises FetchError where it is nothing, or too much."""
    try:
        with open_file(path) as file:
            raw = bytearray()
            while len(raw) <= limit and (part := file.read(_PART)):
                raw += part
    except UnreadableError as error:
        raise FetchError(f"it cannot be read: {error.reason}") from error
    except OSError as error:
        raise FetchError(f"it cannot be read: {error.strerror}") from error
    if len(raw) > limit:
        raise _too_large(limit)
    return bytes(raw)


async def _output(command: str, limit: int, seconds: float) -> bytes:
    """Run a command, without a shell: whoever wants one says so, ``exec:sh -c '…'``."""
    process = await _start(command)
    complaining = asyncio.create_task(_complaint(process))
    try:
        async with asyncio.timeout(seconds):
            raw = await _all(process, limit)
            code = await process.wait()
    except TimeoutError as error:
        raise FetchError(f"the command took longer than {seconds:g} seconds") from error
    finally:
        # Whatever it started goes with it.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        # It ends with the process, unless something that got away still has hold of it.
        await asyncio.wait({complaining}, timeout=_FAREWELL)
        complaining.cancel()
    if code:
        said = complaining.result() if complaining.done() else ""
        said = f": {said}" if said else ""
        raise FetchError(f"the command ended with {code}{said}")
    return raw


async def _start(command: str) -> Process:
    try:
        return await asyncio.create_subprocess_exec(
            *shlex.split(command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except ValueError as error:
        raise FetchError("the command's quotation marks do not match") from error
    except OSError as error:
        raise FetchError(f"the command cannot be run: {error.strerror}") from error


async def _all(process: Process, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    stream = process.stdout
    while stream and (part := await stream.read(_PART)):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise _too_large(limit)
    return b"".join(parts)


async def _complaint(process: Process) -> str:
    """Return the last line that a command wrote on standard error."""
    last = b""
    stream = process.stderr
    while stream and (part := await stream.read(_PART)):
        last = (last + part)[-_PART:]
    lines = [line for line in last.decode("utf-8", "replace").splitlines() if line.strip()]
    return clean(lines[-1]).strip()[:_COMPLAINT] if lines else ""


def _too_large(limit: int) -> FetchError:
    return FetchError(f"it is larger than the limit of {in_megabytes(limit)}")
