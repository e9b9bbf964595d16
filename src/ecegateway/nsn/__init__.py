"""The way to a child's National Student Number: what may be asked and decided, and how a record is told to be the child's.

Pure: it reads facts, what the student index gave and what people decided, and says what stands and what may come next.
"""
