"""Drafts of packs from what others keep: spreadsheets, CISO Assistant libraries and OSCAL catalogues."""
