"""Queries of indicators: their values, the lists behind them, and institutions compared."""
