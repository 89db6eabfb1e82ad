"""Circumstances of care and credits that several rules need: enrolment, payers, registered contexts."""
