"""What is to be expected, kept apart from what is claimed. Pure: facts, a claim and the law in, a forecast out."""
