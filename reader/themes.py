"""The two themes of our own: quiet, with colour only where it means something."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="broadsheet-dark",
    dark=True,
    primary="#8ab4d8",
    secondary="#a9b6c2",
    accent="#e6b450",
    warning="#e6b450",
    error="#e5786d",
    success="#95c561",
    foreground="#d6d4cc",
    background="#16181b",
    surface="#1b1e22",
    panel="#23272c",
    variables={
        "muted": "#868b90",
        "points": "#7cc4a4",
        "points-background": "#1c2825",
        "match": "#16181b",
        "match-background": "#c9a94a",
        "current": "#16181b",
        "current-background": "#ff9d3b",
        "highlight-background": "#3b3460",
        "selected-background": "#262b31",
    },
)

LIGHT = Theme(
    name="broadsheet-light",
    dark=False,
    primary="#1f5f99",
    secondary="#4c5a66",
    accent="#9a5b00",
    warning="#9a5b00",
    error="#b3261e",
    success="#3d7a1f",
    foreground="#22242a",
    background="#fbf9f4",
    surface="#f4f1ea",
    panel="#e9e5db",
    variables={
        "muted": "#6b6a66",
        "points": "#17694b",
        "points-background": "#e7f1ea",
        "match": "#22242a",
        "match-background": "#ffe48a",
        "current": "#22242a",
        "current-background": "#ffb74d",
        "highlight-background": "#e0d5f7",
        "selected-background": "#ece7db",
    },
)

THEMES = (DARK, LIGHT)


def fallback(*, dark: bool) -> dict[str, str]:
    """Return our own colour names for another theme, which does not have them."""
    return (DARK if dark else LIGHT).variables
