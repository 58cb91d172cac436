"""How well the news gets in: pages, pasted text, feeds, hostile input and bulk, on real news."""
