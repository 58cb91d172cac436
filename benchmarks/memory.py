"""How much memory a process has, as Linux tells it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_STATUS = Path("/proc/self/status")


class Memory(NamedTuple):
    """Bytes in memory."""

    resident: int
    """All of it, pages of files that are mapped among it: these the system can take back."""

    private: int
    """What belongs to the process alone, and to no file."""


def own_memory() -> Memory | None:
    """Return what this process has, or None where the system does not tell."""
    return _read(_STATUS.read_text()) if _STATUS.exists() else None


def memory_of(process: int) -> Memory:
    """Return what a process has, where the system tells it.

    Raises ``OSError`` where it does not, or there is no such process.
    """
    return _read(Path(f"/proc/{process}/status").read_text())


def interpreter_memory() -> Memory | None:
    """Return what an interpreter has that does nothing, or None where the system does not tell."""
    if not _STATUS.exists():
        return None
    source = f"print(open({str(_STATUS)!r}).read())"
    told = subprocess.run([sys.executable, "-c", source], capture_output=True, check=True)
    return _read(told.stdout.decode())


def _read(status: str) -> Memory:
    kilobytes = dict(re.findall(r"^(\w+):\s+(\d+) kB$", status, re.MULTILINE))
    return Memory(int(kilobytes["VmRSS"]) * 1024, int(kilobytes["RssAnon"]) * 1024)
