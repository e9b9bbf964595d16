"""What may be wrong with an installation, looked for before it hurts. Nothing is changed, and no secret is shown."""
