"""How fast Plumbline saves, shows and starts; see README.md beside this."""
