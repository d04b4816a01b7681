"""Decides how a year of documents is put in order: stages, classes, codes, volumes, contents lists, places."""
