"""What Plumbline promises, as tests."""
