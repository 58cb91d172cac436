"""From a hit to the screen, and the command line."""

import os

__version__ = "0.1.0"

# Twice Textual's own rate: results are on the screen ten milliseconds earlier. It is read when
# Textual is imported.
os.environ.setdefault("TEXTUAL_FPS", "120")
