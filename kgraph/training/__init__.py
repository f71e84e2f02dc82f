"""Fits the neural reader; never imported when articles are read."""
