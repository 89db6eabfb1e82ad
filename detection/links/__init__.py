"""What detectors rest on: joins, coverage in time and units of money, measured before anybody is assessed."""
