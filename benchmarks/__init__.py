"""Measuring the site. CONTRIBUTING.md says how."""
