"""The game in a browser: a small server, a process of the game for each visitor, a home of their own for each."""
