"""What people do in the story of one hire, an act each; test_one_hire.py tells in which order."""
