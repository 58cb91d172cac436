"""Write ``docs/keys.md`` from the bindings of the screen; ``make keys`` calls it."""

from __future__ import annotations

from pathlib import Path

from reader.keymap import keys
from reader.panes import PANES

PAGE = Path(__file__).parent / "keys.md"

_HEAD = """# The keys

Every key does something; `?` shows this list within the reader, with your own changes in it, and
`ctrl+p` opens a palette in which each action can be found by its name.

Keys of a pane work while that pane has the attention. To give an action other keys, put its name
into the configuration, with the keys that it is to have:

```toml
[keys]
"article.next" = "J,ctrl+n"
"mark.star" = "asterisk"
```

Keys are named as Textual names them: a letter is itself, `ctrl+n`, `space`, `pagedown`,
`full_stop`, `slash`, `left_square_bracket`. Terminals swallow `ctrl+h`, `ctrl+i`, `ctrl+j`,
`ctrl+m`, `ctrl+s`, `ctrl+q`, and whatever is pressed with Alt.
"""


def page() -> str:
    """Return the page as it should be."""
    parts = [_HEAD]
    for title, nodes in PANES:
        parts.append(f"\n## {title}\n\n| keys | what they do | name |\n|---|---|---|\n")
        for key in keys(nodes, {}):
            pressed = " ".join(f"`{name}`" for name in key.keys).replace("|", r"\|")
            parts.append(f"| {pressed} | {key.description} | `{key.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
