"""Tests of reading, checking and explaining stories."""
