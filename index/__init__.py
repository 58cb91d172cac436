"""From a file to a ranked hit: intake, the record, the full-text index. Knows no terminal."""
