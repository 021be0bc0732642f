"""
What several formats are made of: sentences, excerpts, tables, counts, JSON forms.

The formats beside this package import from here and never from each other.
"""
