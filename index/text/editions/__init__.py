"""Decides how an index lies in a folder: sealed states, one writer, segments merged, damage told from the rest."""
