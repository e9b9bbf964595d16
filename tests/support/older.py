"""What a store of an earlier schema has none of."""

SINCE_0002 = (
    *("api_token_end", "api_token", "month_confirmation", "nsn_step", "delivery_end", "delivery", "eli_event"),
    *("return_step", "rs7_return", "document", "legal_hold_end", "legal_hold", "erasure"),
    *("checkpoint", "log_block", "log_page", "log_key", "log"),
)
"""Tables that came after schema 0002, each before those it refers to."""
