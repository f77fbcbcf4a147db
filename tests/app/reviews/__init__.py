"""The web application, bottom to top."""
