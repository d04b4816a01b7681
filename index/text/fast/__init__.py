"""Decides how text is found fast: Whoosh's segments and commits with a text field of our own, inverted by numpy."""
