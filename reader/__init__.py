"""From a hit to the screen, and the command line."""

__version__ = "0.1.0"
