"""Decides how text is found: exact substrings of the folded page, behind the TextIndex port. Whoosh stays in here.

One room an engine (`fast`, in `shards`; `stock`, `postgresql`, `opensearch`), and `editions` for the two that lie in a
folder. Out here stands what all of them share: the rule of matching, folding, and what is shown of a match.
"""
