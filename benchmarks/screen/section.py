"""The part of the page of benchmarks that is about the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.page import SCREEN
from benchmarks.screen.scenes import PAUSE
from benchmarks.screen.terminal import COLUMNS, LINES
from benchmarks.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.figures import Machine
    from benchmarks.screen.figures import Figure

_METHOD = f"""\
The reader itself, driven by keys in tmux, {COLUMNS} by {LINES}. A time is from the key that is
sent to the bytes with which tmux has drawn what it does: both programs, and the machine between
them, are in it. A letter counts as answered when number and first title of its own results are
shown; {PAUSE * 1e3:.0f} ms later the next one is typed. Whether the event
loop is served is looked at every 5 ms, within the reader. Private memory belongs to the process and
to no file.
"""


def section(figures: Sequence[Figure], circumstances: str, machine: Machine) -> str:
    """Return the part of the page, from its heading on."""
    where = (
        f"{machine.processor}, {machine.cores} cores, Python {machine.python}; others kept"
        f" {machine.load[0]:.1f} to {machine.load[1]:.1f} processors busy."
    )
    rows = [(one.what, one.measured, one.must, one.aim) for one in figures]
    parts = [SCREEN, "", _METHOD, f"{circumstances} {where}", ""]
    return "\n".join([*parts, table(("", "measured", "must", "aim"), rows)])
