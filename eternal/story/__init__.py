"""What an author writes, and how it is read: YAML with positions, the schema, conditions, inline text, diagnostics."""
