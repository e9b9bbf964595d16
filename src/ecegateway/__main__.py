"""``python -m ecegateway``."""

from ecegateway.cli.app import main

main()
