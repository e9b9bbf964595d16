"""The absence rules: Handbook 6-4 to 6-9, the start rule of 3-A-2, exemptions (7-7) and visits (7-8).

A child's days are marked once (``marks.py``); the Three Week Rule and its extension (``three_week.py``, ``long_closures.py``)
and the Frequent Absence Rule (``patterns.py``, ``runs.py``, ``frequent.py``) each say what they think of an absent day; and
``judge.py`` puts them together. All of it is a pure function of a child's facts, the calendar, the law and the policy switches.
"""
