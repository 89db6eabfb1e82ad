"""The short periodic report: three pages for a meeting, and an annex of tables whose sums are those of the screens.

One `Content` is gathered through the query layer, put into words once, and written as PDF, Word or Excel.
Institutions are named, people never.
"""
