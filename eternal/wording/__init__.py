"""What every face shares: how the engine's facts are called, the lines of a page, what an action brought, and text by columns."""
