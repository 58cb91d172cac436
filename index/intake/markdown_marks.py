"""What people write into Markdown that is none: shortcodes, templates, comments, attributes.

Site generators replace these before they read the Markdown: Hugo
(https://gohugo.io/content-management/shortcodes/), Jekyll
(https://jekyllrb.com/docs/liquid/), kramdown (https://kramdown.gettalong.org/syntax.html).
"""

from __future__ import annotations

import re

_SHORTCODE = re.compile(
    r"\{\{<(?P<angle>(?:(?!\{\{|>\}\}).){0,4000}+)>\}\}"
    r"|\{\{%(?P<percent>(?:(?!\{\{|%\}\}).){0,4000}+)%\}\}",
    re.DOTALL,
)
_NESTED = 3
"""Passes over a text: a shortcode may stand within the quotation marks of another."""

_REFERENCE = re.compile(r"\s*(?:rel)?ref\b")
_WORDS_OF = re.compile(
    r"\b(?:caption|text|quote|label|intro|title)\s{0,9}=\s{0,9}"
    r"(?:\"((?:[^\"\\]|\\.)*+)\"|`([^`]*+)`|'((?:[^'\\]|\\.)*+)')",
    re.DOTALL,
)
"""Attributes of a shortcode whose words are shown."""

_CITED = re.compile(r"\b(?:cite|attribution)\s{0,9}=\s{0,9}\"((?:[^\"\\]|\\.)*+)\"", re.DOTALL)

_LIQUID_COMMENT = re.compile(
    r"\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*(?:end)?comment).)*+\{%-?\s*endcomment\s*-?%\}",
    re.DOTALL,
)
_LIQUID = re.compile(r"\{%(?:(?!\{%|%\}).){0,4000}+%\}", re.DOTALL)
_VARIABLE = re.compile(r"\{\{-?\s*(?:site|page|post|layout|include|content)\b[^{}\n]{0,300}+\}\}")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*+-->", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{(?::|[#.][\w-])[^{}\n]{0,200}+\}[ \t]*+$", re.MULTILINE)
_NOTE_BELOW = re.compile(r"^[ ]{0,3}\[\^([^\]\s\[]{1,60})\]:[ \t]*", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s\[]{1,60})\]")
_WIKI_PICTURE = re.compile(r"!\[\[[^\[\]\n]{1,400}\]\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,400}\|)?([^\[\]|\n]{1,400})\]\]")
_CALLOUT = re.compile(r"^((?:[ ]{0,4}>)+[ ]?)\[!\w{1,20}\][+-]?[ \t]*", re.MULTILINE)
_TASK = re.compile(r"^([ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})\[[ xX]\][ \t]+", re.MULTILINE)
_MODULE = re.compile(r"^(?:import|export)\s[^\n]*\n+", re.MULTILINE)


def without_marks(text: str, *, has_modules: bool = False) -> str:
    """Return Markdown without what is none, and with the words that such marks show.

    With ``has_modules`` it is MDX, and the lines that import and export go, too.
    """
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if "{" in text:
        text = _without_templates(text)
    if has_modules:
        text = _MODULE.sub("", text)
    if "[^" in text:
        text = _NOTE.sub(r"\\[\1\\]", _NOTE_BELOW.sub(r"\\[\1\\] ", text))
    if "[[" in text:
        text = _WIKI_LINK.sub(r"\1", _WIKI_PICTURE.sub("", text))
    if "[!" in text:
        text = _CALLOUT.sub(r"\1", text)
    return _TASK.sub(r"\1", text)


def _without_templates(text: str) -> str:
    for _ in range(_NESTED):
        text, found = _SHORTCODE.subn(_shown, text)
        if not found:
            break
    if "{%" in text:
        text = _LIQUID.sub("", _LIQUID_COMMENT.sub("", text))
    return _ATTRIBUTES.sub("", _VARIABLE.sub("", text))


def _shown(found: re.Match[str]) -> str:
    """Return the words that a shortcode shows; of a reference, an address that leads nowhere."""
    inner = found["angle"] or found["percent"] or ""
    if _REFERENCE.match(inner):
        return "#"
    words = [next(filter(None, one.groups()), "") for one in _WORDS_OF.finditer(inner)]
    said = max(words, key=len, default="").replace('\\"', '"').strip()
    if said and (cited := _CITED.search(inner)) and cited[1]:
        said = f"{said} — {cited[1]}"
    return said
