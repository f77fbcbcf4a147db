"""Keys and sealed rows: the only place that touches cryptography, all of it libsodium's."""
