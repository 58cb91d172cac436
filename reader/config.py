"""The configuration: every setting has a default, and a sentence that explains it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from index.results import Sort
from reader import sorting
from reader.periods import seconds_of

if TYPE_CHECKING:
    from pathlib import Path

NEVER = "never"
LEAST_MEASURE, MOST_MEASURE = 20, 200


class Config(BaseModel):
    """What ``config.toml`` can say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: str = "broadsheet-dark"
    """The colours: ``broadsheet-dark``, ``broadsheet-light``, or the name of any other theme in
    the command palette."""

    measure: int = Field(default=72, ge=LEAST_MEASURE, le=MOST_MEASURE)
    """The greatest width of an article's lines, in columns."""

    sort: Sort = "relevance"
    """How results are sorted at the start: by ``relevance``, ``newest`` first, ``oldest`` first, or
    by ``source``."""

    sync_every: str = NEVER
    """How often the feeds are synced while the reader is open, such as ``"30m"`` or ``"2h"``, and
    when it is opened; those that ask to be left alone longer are."""

    keys: dict[str, str] = Field(default_factory=dict)
    """Other keys for actions: the action's name in the list of keys, then one key or several
    with commas between, such as ``"list.down" = "j,down,n"``."""

    @field_validator("sort", mode="before")
    @classmethod
    def _is_sort(cls, written: object) -> object:
        return sorting.FORMER.get(written, written) if isinstance(written, str) else written

    @field_validator("sync_every")
    @classmethod
    def _is_period(cls, written: str) -> str:
        if written != NEVER:
            seconds_of(written)
        return written

    @property
    def sync_seconds(self) -> int | None:
        """Seconds from one sync to the next; None where the feeds are synced only when asked."""
        return None if self.sync_every == NEVER else seconds_of(self.sync_every)


class ConfigError(Exception):
    """The file can't be used; the message names it, and the setting at fault."""


def load(path: Path) -> Config:
    """Read the configuration; a missing file means all defaults.

    Raises :class:`ConfigError` where the file can't be read or says what can't be.
    """
    try:
        return Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        setting = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {setting}: {first['msg']}") from error
