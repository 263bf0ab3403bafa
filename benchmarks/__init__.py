"""What things cost, as ratios against peers in the same run; `python -m benchmarks --help`."""
