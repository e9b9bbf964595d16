"""What machines are shown, by ``--json`` on the command line and by the JSON interface: one set of documents for both."""
