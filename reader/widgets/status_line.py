"""The last line: which keys do what here, what there is to say, and where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from index.cleaning import mask
from reader.drawing.wrap import shorten
from reader.keymap import FOOTER, FOOTER_OF_ARTICLE, display, main_key

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.binding import ActiveBinding
    from textual.screen import Screen
    from textual.timer import Timer

    from reader.steady_app import SteadyApp

_GAP = "  "
_SAID_SECONDS = 4.0


class StatusLine(Widget):
    """Keys on the left, made from the bindings that are alive now; the place on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--key"}

    app: SteadyApp

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._place = ""
        self._activity = ""
        self._said = ""
        self._stays = False
        self._said_at = 0
        """How many keys had been pressed by then."""

        self._silence: Timer | None = None
        self._keys: list[tuple[str, str]] | None = None
        """The keys that are shown, and what they do: None before there are any."""

    def on_mount(self) -> None:
        """Follow the bindings as the focus moves."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, _: Screen[object]) -> None:
        # With anything else that is drawn, this line has Textual draw all that is between them.
        if self._keys is not None and self._keys != self._alive():
            self._keys = None
            self.refresh()

    def place(self, text: str) -> None:
        """Say where the reader is."""
        if text != self._place:
            self._place = text
            if not self._stays and self.app.inputs > self._said_at:
                self._said = ""
            self.refresh()

    def activity(self, text: str) -> None:
        """Say what is being done in the background; nothing ends it."""
        if text != self._activity:
            self._activity = text
            self.refresh()

    def say(self, text: str, *, stays: bool = False) -> None:
        """Say something in the place of the keys, for a few seconds.

        Unless it ``stays``, it is gone as soon as a key leads to another place. A place that
        changes by itself, as lines get their new width, is no reason.
        """
        if self._silence is not None:
            self._silence.stop()
        self._said, self._stays, self._said_at = text, stays, self.app.inputs
        self._silence = self.set_timer(_SAID_SECONDS, self._be_silent)
        self.refresh()

    def _be_silent(self) -> None:
        self._said = ""
        self.refresh()

    def render(self) -> RenderResult:
        """Draw the keys, or what is said, beside the place."""
        width = self.size.width
        right = _GAP.join(part for part in (self._activity, self._place) if part)
        room = width - cell_len(right) - 3
        left = Content(" " + shorten(mask(self._said), room)) if self._said else self._help(room)
        gap = max(1, width - left.cell_length - cell_len(right) - 1)
        return left + Content(" " * gap + right + " ")

    def _help(self, room: int) -> Content:
        """Return as many keys as fit into ``room`` cells."""
        style = self.get_visual_style("status--key", partial=True)
        line = Content(" ")
        if self._keys is None:
            self._keys = self._alive()
        for key, description in self._keys:
            label = Content.assemble((key, style), " ", description, _GAP)
            if line.cell_length + label.cell_length > room:
                break
            line += label
        return line

    def _alive(self) -> list[tuple[str, str]]:
        """Return the keys that are alive now and worth a place."""
        alive: dict[str, list[ActiveBinding]] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.id in FOOTER and active.enabled:
                alive.setdefault(active.binding.id, []).append(active)
        order = FOOTER_OF_ARTICLE if "article.points" in alive else FOOTER
        return [self._key(alive[name]) for name in order if name in alive]

    @staticmethod
    def _key(actives: list[ActiveBinding]) -> tuple[str, str]:
        binding = actives[0].binding
        keys = [active.binding.key for active in actives]
        key = main_key(actives[0].node, binding.id or "", keys)
        return display(key), binding.description.lower()
