"""Planted patterns, one module per business."""
