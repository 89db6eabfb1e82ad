"""The doctor: what a data set is, what it lacks, and what helps, before anything is assessed."""
