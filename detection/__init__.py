"""Facts and anomaly scores become alerts: rules, networks, ranking, store, pipeline, command line."""
