"""The periodic report: conclusions and what to decide, the findings behind them, and an annex with every alert.

One `Content` is gathered through the query layer, put into words once, and written as PDF, Word or Excel; an issued
report keeps these words. Institutions are named, all other ids are masked.
"""
