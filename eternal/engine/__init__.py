"""The engine: `step(story, state, action) -> state`, pure and deterministic, and `view`, what a face shows of it."""
