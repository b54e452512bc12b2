"""The line-by-line face: pipes, screen readers, dumb terminals."""
