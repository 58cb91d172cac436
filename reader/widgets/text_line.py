"""A line to type into, whatever is pasted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from index.cleaning import mask

if TYPE_CHECKING:
    from textual.events import Key

_ACTIONS = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
}
"""What the keys do that edit a line."""


class TextLine(Input):
    """Textual's input draws what it holds as it is; this one holds nothing but text."""

    virtual_size = Reactive(Size(0, 0))
    """How long the text is. Textual's input would have the screen laid out with every letter."""

    def validate_value(self, value: str) -> str:
        """Replace control characters and the like, which a paste may bring."""
        return mask(value)

    async def on_key(self, event: Key) -> None:
        """Do what a key does before the next one is looked at.

        Textual would look for it later, and letters that came in the same burst, as over a slow
        line, would be typed first: what ``⌫`` takes away would be the last of them.
        """
        action = _ACTIONS.get(event.key)
        if action is not None and await self.app.run_action(action, self):
            event.stop()
            event.prevent_default()
