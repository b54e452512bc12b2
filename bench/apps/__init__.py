"""The bare Textual apps that the game is measured against: as little as Textual can be asked for the same thing."""
