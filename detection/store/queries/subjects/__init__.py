"""Pages of subjects and the search: read from the files that a run keeps by subject, from its tables and alerts.

Every id that goes in or comes out is a pseudonym, and institutions go by name.
"""
