"""Libraries to be killed, damaged and shared."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from desk import write_stories

from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The folder of a library of four stories."""
    library = Library(tmp_path / "base")
    write_stories(tmp_path / "old", 4, "quiet")
    library.add([tmp_path / "old"])
    library.close()
    return library.folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    mounted = shutil.which("mount") and subprocess.run(words, capture_output=True).returncode == 0
    if not mounted:
        pytest.skip("mounting a small disk is not permitted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
