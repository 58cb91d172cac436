"""Intake: one format a file, each from bytes to articles."""
