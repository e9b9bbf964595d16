"""The plugins that come with the gateway; they use the same hooks as outsiders."""
