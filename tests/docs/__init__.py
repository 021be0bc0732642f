"""The documents as a site, and as promises: what they show is what happens."""
