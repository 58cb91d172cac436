"""Hostile text made harmless: what could steer a terminal or mislead an eye is taken out.

A terminal obeys escape sequences wherever they come from, so an article that carries some could
retitle the window or write to the clipboard. What stays is text and nothing else.
"""

from __future__ import annotations

import re

_OSC_LIMIT = 4096
"""Characters an operating system command may hold: a longer one is taken for text."""

_SEQUENCE = re.compile(
    # Control sequences, such as colours and cursor movements.
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    # The same with the one-character introducer. Wrongly decoded quotation marks look like it, so
    # it has to have a parameter.
    r"|\x9b[0-?]+[ -/]*[@-~]"
    # Operating system commands: window titles, the clipboard, links. One without an end swallows
    # nothing: only its number goes.
    rf"|\x1b\][^\x07\x1b\x9c\n]{{0,{_OSC_LIMIT}}}(?:\x07|\x1b\\|\x9c)"
    rf"|\x9d\d{{1,4}};[^\x07\x1b\x9c\n]{{0,{_OSC_LIMIT}}}(?:\x07|\x1b\\|\x9c)"
    r"|[\x1b\x9d]\]?\d{1,4};"
    # Device control, start of string, privacy message, application command.
    rf"|\x1b[PX^_][^\x07\x1b\x9c\n]{{0,{_OSC_LIMIT}}}(?:\x1b\\|\x9c)"
    # Character sets, keypad and cursor modes, and the end of a string.
    r"|\x1b[ -/]+[0-~]|\x1b[0-9<=>\\]"
    # Reset, index and the like, unless a word follows that the letter may belong to.
    r"|\x1b[cDEHMNOZ](?![^\W\d_])"
)

_SPACE = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_SPACE_BUT_LINE_END = re.compile("[\t\r\x0b\x0c\x85\u2028\u2029]+")

_DANGEROUS = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, the line end excepted
    "\xad"  # soft hyphen
    "\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f"  # separators, bidi, invisible characters
    "\ufeff\ufff9-\ufffb"  # byte order mark, annotations
    "\U000e0000-\U000e0fff"  # tags and further variation selectors
    "\ud800-\udfff"  # lone surrogates
    "]"
)
"""U+200C to U+200F stay: Persian, Urdu, Indic scripts and emoji are wrong without them."""

_LINE_END_TO_SPACE = {ord("\n"): " "}


def clean(text: str) -> str:
    """Return ``text`` as one harmless line: line ends and tabs become a space."""
    if text.isprintable():
        return text
    return _DANGEROUS.sub("", _SPACE.sub(" ", _without_sequences(text)))


def clean_lines(text: str) -> str:
    r"""Return ``text`` made harmless, its line ends (``\n``) kept."""
    if not _DANGEROUS.search(text):
        return text
    return _DANGEROUS.sub("", _SPACE_BUT_LINE_END.sub(" ", _without_sequences(text)))


def _without_sequences(text: str) -> str:
    if "\x1b" in text or "\x9b" in text or "\x9d" in text:
        return _SEQUENCE.sub("", text)
    return text


def mask(text: str) -> str:
    """Return ``text`` with each dangerous character replaced by one that shows its place.

    The result is as long as ``text``: offsets into one hold in the other. For the place that
    draws, where nothing dangerous is expected any more.
    """
    if text.isprintable():
        return text
    return _DANGEROUS.sub("\N{REPLACEMENT CHARACTER}", text.translate(_LINE_END_TO_SPACE))
