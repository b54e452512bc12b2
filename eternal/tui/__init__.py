"""The terminal face: a Textual app over one view."""
