"""A simulated city that writes the data contract, with planted patterns, innocent twins and the truth.

`city.simulate` is the entry point. In the order of work: `people`, `places`, `families`, `visits` and `corrections`
live the ordinary months (`background`); `scenes` and `twins` are planted into them; `pricing` and `ledger` decide who
pays, for everything together; `city_rows`, `settlement_rows` and `other_rows` write the tables. How large things are
stands in `magnitudes.toml`. To plant something, read the docstring of `data_samples.scenes`.
"""
