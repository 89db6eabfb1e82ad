"""The audit log as commands and screens use it: entering, verifying, anchoring and shipping."""
