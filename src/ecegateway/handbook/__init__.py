"""The law as data: instruments and sections to cite, dated parameters, and policy switches for what it leaves open."""
