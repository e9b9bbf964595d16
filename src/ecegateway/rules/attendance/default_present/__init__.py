"""Undeclared defaults: registers that show who was booked, not who came, told by patterns people do not make.

Source: ECE Funding Handbook 6-3, criterion 7. A rule here yields a suspicion with its reasons, never a proof: what it counts,
of how many, how many an honest service would have at most, and how unlikely so many then are.
"""
