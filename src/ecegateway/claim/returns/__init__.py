"""The checks of a return, one theme to a module; :mod:`ecegateway.claim.return_checks` asks them all."""
