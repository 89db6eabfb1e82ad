"""The strength of statistical evidence in one unit, and the null models it is computed under."""
