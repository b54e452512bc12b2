"""The game as a process on a real terminal."""
