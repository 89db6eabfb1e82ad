"""DetectorContext and unusualness become alerts that an auditor can argue with: rules, risk, store, pipeline, CLI."""
