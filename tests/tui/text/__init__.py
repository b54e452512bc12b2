"""Tests of prose on a screen."""
