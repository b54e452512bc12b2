"""For authors: check, graph, stats, diff, watch, proof and play-test."""
