"""Figures across all slices, over any period."""
