"""Speed as ratios within one run: the machine is noisy, so no absolute figure is compared with another day's."""
