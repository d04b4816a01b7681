"""Decides the words of errors and reasons, three languages each."""
