"""Saves: a journal of actions that is written before it is shown, and the fold that makes a night of it again."""
