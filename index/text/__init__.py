"""Decides how text is found: exact substrings of the folded page, behind the TextIndex port. Whoosh stays in here."""
