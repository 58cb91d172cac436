"""How fast the screen is: the reader itself, driven by keys in a real terminal, and watched."""
