"""Where things are kept: libraries, the configuration, the sample articles."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "broadsheet"
LIBRARY_VARIABLE = "BROADSHEET_LIBRARY"
CONFIG_VARIABLE = "BROADSHEET_CONFIG"


def library(given: Path | None = None) -> Path:
    """Return the library's folder: as given, or as the environment says, or the platform's."""
    if given is not None:
        return given
    if named := os.environ.get(LIBRARY_VARIABLE):
        return Path(named)
    return platformdirs.user_data_path(NAME, appauthor=False) / "library"


def is_named(given: Path | None = None) -> bool:
    """Tell whether somebody chose the library's folder, rather than the platform."""
    return given is not None or bool(os.environ.get(LIBRARY_VARIABLE))


def library_of(paths: Sequence[Path]) -> Path:
    """Return the folder of the library that mirrors ``paths``, which are never written to."""
    name = "\0".join(sorted({os.path.abspath(path) for path in paths}))  # noqa: PTH100
    key = blake2b(os.fsencode(name), digest_size=8).hexdigest()
    return platformdirs.user_cache_path(NAME, appauthor=False) / "folders" / key


def config() -> Path:
    """Return the path of the configuration file, which need not exist."""
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    return platformdirs.user_config_path(NAME, appauthor=False) / "config.toml"


def habits() -> Path:
    """Return the path of the file that remembers how the screen was left; it need not exist."""
    return platformdirs.user_state_path(NAME, appauthor=False) / "screen.json"


def samples() -> Path | None:
    """Return the folder of the sample articles: within the package, or beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "samples", package.parent / "seeds"):
        if folder.is_dir():
            return folder
    return None
