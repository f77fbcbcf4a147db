"""What a child's details, or anybody's contact, look like in a text: rules as data, a file a language."""
