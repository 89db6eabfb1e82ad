"""Which alert first: one score across detectors, by the dated lines of risk.toml."""
