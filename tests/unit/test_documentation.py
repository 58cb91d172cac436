"""The documentation is a contract: what is not written down there does not exist."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import click
import pytest

from reader import locations
from reader.commands.cli import main
from reader.config import Config
from reader.keymap import FOOTER, bindings
from reader.panes import PANES

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_its_options_are_in_the_guide(name: str) -> None:
    line = next(line for line in GUIDE.splitlines() if line.startswith(f"| `broadsheet {name}"))
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option) and parameter.opts != ["--library"]:
            assert parameter.opts[0] in line, f"{name} {parameter.opts[0]}"
    assert "--library DIR" in GUIDE


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_takes_a_library_and_explains_itself(name: str) -> None:
    command = main.commands[name]
    assert any("--library" in parameter.opts for parameter in command.params)
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"


def test_each_setting_and_its_default_is_in_the_guide() -> None:
    for name, field in Config.model_fields.items():
        if name == "keys":
            assert "`[keys]`" in GUIDE
        else:
            default = str(field.default)
            line = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{name}` "))
            assert default in line


def test_each_variable_of_the_environment_is_in_the_guide() -> None:
    for variable in (locations.LIBRARY_VARIABLE, locations.CONFIG_VARIABLE, "NO_COLOR"):
        assert variable in GUIDE


def test_the_page_of_keys_is_that_of_the_bindings() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "keys.py"))["page"]
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == page(), "make keys"


def test_each_binding_has_a_name_of_its_own_and_an_explanation() -> None:
    names = [binding.id for _, nodes in PANES for node in nodes for binding in bindings(node)]
    assert len(names) == len(set(names))
    assert set(FOOTER) <= set(names)
    for _, nodes in PANES:
        for node in nodes:
            for binding in bindings(node):
                assert binding.id, binding
                assert binding.description, binding


def test_no_key_is_one_that_terminals_swallow() -> None:
    swallowed = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s", "ctrl+q"}
    for _, nodes in PANES:
        for node in nodes:
            for binding in bindings(node):
                keys = set(binding.key.split(","))
                assert not keys & swallowed
                assert not any(key.startswith("alt+") for key in keys)


def test_the_readme_names_only_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / link).exists(), link
    for command in re.findall(r"^broadsheet (\w+)", readme, re.MULTILINE):
        assert command in COMMANDS


def test_each_way_to_check_the_project_is_a_target_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    texts = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run"]
    for text in texts:
        for target in re.findall(
            r"^make ([a-z-]+)", text.read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_file_holds_an_address_of_packages() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line), line
