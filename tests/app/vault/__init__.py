"""Tests of keys and sealed rows."""
