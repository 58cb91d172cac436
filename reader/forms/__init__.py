"""Articles in forms that other programs read: text, Markdown, HTML, JSON."""
