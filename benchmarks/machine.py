"""What a run was measured on: the machine, and the state of the code."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from benchmarks.figures import Machine


def machine(load_before: float) -> Machine:
    """Return where this runs; ``load_before`` is what it was when the measuring began."""
    return Machine(
        system=f"{platform.system()} {platform.release()}",
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_bytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        python=platform.python_version(),
        load=(load_before, os.getloadavg()[0]),
    )


def _processor() -> str:
    """Return the name of the processor; most systems tell it, Python does not."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        told = ""
    named = re.search(r"^model name\s*: (.+)$", told, re.MULTILINE)
    return named[1] if named else platform.processor() or platform.machine()


def revision() -> str:
    """Return the commit that is measured, with a plus where something is not committed."""
    command = ["git", "describe", "--always", "--dirty=+"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
