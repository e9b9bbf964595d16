"""From drafts to canonical records: checked row by row, told apart from what is stored, nothing dropped in silence."""
