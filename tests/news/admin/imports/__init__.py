"""Imports in the admin."""
