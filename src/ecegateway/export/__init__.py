"""Values into files that a Ministry system or a person reads."""
