"""The configuration: all of it can be left out, and what is wrong in it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.config import Config, ConfigError, load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_and_an_empty_file_mean_all_defaults(path: Path) -> None:
    assert load(path) == Config()
    path.write_text("")
    assert load(path) == Config()


def test_what_is_set_is_taken_and_the_rest_stays(path: Path) -> None:
    path.write_text('measure = 60\nsort = "date"\n[keys]\n"list.down" = "j,down,n"\n')
    assert load(path) == Config(measure=60, sort="newest", keys={"list.down": "j,down,n"})


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("measure = 3", "measure"),
        ('measure = "wide"', "measure"),
        ('sort = "size"', "sort"),
        ("colour = 1", "colour"),
        ("[keys]\n'list.down' = 3", r"keys\.list\.down"),
        ("measure\n", "line 1"),
        ("a = 1\na = 2\n", "line 2"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(path: Path, text: str, setting: str) -> None:
    path.write_text(text)
    with pytest.raises(ConfigError, match=rf"config\.toml.*{setting}"):
        load(path)


def test_what_is_no_text_or_no_file_is_said_to_be_unusable(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load(path)
    with pytest.raises(ConfigError, match="directory"):
        load(path.parent)


def test_every_setting_has_a_default() -> None:
    assert all(not field.is_required() for field in Config.model_fields.values())


@pytest.mark.parametrize(("every", "seconds"), [("never", None), ("2h", 7200), ("15m", 900)])
def test_feeds_are_synced_when_asked_or_every_so_often(
    path: Path, every: str, seconds: int | None
) -> None:
    path.write_text(f'sync_every = "{every}"')
    assert load(path).sync_seconds == seconds


@pytest.mark.parametrize("every", ["soon", "5s", "90d", ""])
def test_how_often_feeds_are_synced_has_to_be_a_span_of_time(path: Path, every: str) -> None:
    path.write_text(f'sync_every = "{every}"')
    with pytest.raises(ConfigError, match=r"sync_every: .*a span of time"):
        load(path)
