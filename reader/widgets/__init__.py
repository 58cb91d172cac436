"""What the screen is made of. Widgets know index types and ``render``, and not each other."""
