"""One file per noun: who asks, what for, whom to call, what to answer."""
