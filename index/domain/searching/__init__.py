"""Decides what somebody who searches means, and may have meant: a tree, its language, what looks alike."""
