"""Decides how stock Whoosh 2.7.4 answers: the plain adapter, which the fast field is measured and checked against."""
