"""Decides how text is proofed and judged: lines, corrections, samples, doubts, rereading."""
