"""Prose on a screen: broken into lines, fading, painted. Nothing here knows a widget."""
