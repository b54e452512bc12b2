"""What things cost: `make bench` prints medians, and ratios within one run."""
