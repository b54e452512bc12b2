"""The version, as a constant: asking the installed metadata for it costs 40 ms of every start."""

VERSION = "0.1.0"
