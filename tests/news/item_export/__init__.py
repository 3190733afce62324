"""Tests of news.item_export."""
