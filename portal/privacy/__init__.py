"""Personal data: how long they are kept, what a person may ask for, and the end of an account."""
