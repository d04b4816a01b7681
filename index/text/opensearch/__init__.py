"""Decides how OpenSearch (2 or newer) answers: for an institution that runs one already, or for very many pages."""
