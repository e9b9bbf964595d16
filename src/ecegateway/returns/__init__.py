"""The life of an RS7 return: where it stands, what may be done with it next, and when it is due. Pure."""
