"""Make the pictures of the documentation: drive the reader over the samples, save what it shows.

``make screenshots`` calls it. It needs the Cairo library and a monospaced font with box drawing.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import cairosvg

from index.library import Library
from reader.app import BroadsheetApp
from reader.config import Config
from reader.locations import samples

FOLDER = Path(__file__).parent / "screenshots"
FONT = "DejaVu Sans Mono"
FONT_SIZE = "20.26px"
"""At which a character of the font is as wide as a cell of the picture, 12.2 pixels."""

SCALE = 18 / 12.2
"""Makes a cell a whole number of pixels wide, to which Cairo rounds the width of characters."""


class Picture(NamedTuple):
    """One picture: what is pressed before it is taken, and on how large a screen."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "broadsheet-dark"


PICTURES = (
    Picture("search", (120, 40), ("slash", *"taliban ceasef", "enter", "n", "n")),
    Picture("light", (120, 40), ("full_stop",), "broadsheet-light"),
    Picture("narrow", (80, 24), ("slash", *"terror", "enter", "enter", "n", "n")),
    Picture("small", (40, 12)),
)


async def take(picture: Picture, folder: Path) -> str:
    """Drive the reader as the picture says; return the screen as SVG."""
    config = Config(theme=picture.theme)
    library = Library(folder)
    found = samples()
    paths = [found] if found else []
    app = BroadsheetApp(library, config, lambda library, progress: library.mirror(paths, progress))
    async with app.run_test(size=picture.size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)
        for key in picture.keys:
            await pilot.press(key)
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="broadsheet")
    library.close()
    return svg


def to_png(svg: str, path: Path) -> None:
    """Draw SVG with a font of this machine: the one it names would come from the web."""
    local = re.sub(r"@font-face\s*{[^}]*}", "", svg).replace("Fira Code", FONT)
    # Cairo stretches runs that end in a space too far; at this size no stretching is needed.
    local = re.sub(r' textLength="[^"]*"', "", local)
    local = local.replace("font-size: 20px", f"font-size: {FONT_SIZE}")
    cairosvg.svg2png(local.encode(), write_to=str(path), scale=SCALE)


def main() -> None:
    """Take all pictures, or those named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as library:
        for picture in PICTURES:
            to_png(asyncio.run(take(picture, Path(library))), folder / f"{picture.name}.png")


if __name__ == "__main__":
    main()
