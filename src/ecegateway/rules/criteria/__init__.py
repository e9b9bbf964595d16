"""The twelve electronic-record criteria of Handbook 6-3, one module each: what each asks, how it grades, the rules that say so.

Each module holds predicates that say what is wrong with a record in words (or ``None``). The grades and the rules of a
criterion rest on the same predicates: a record that a rule finds is never graded ``met``.
"""
