"""From paths to the answer: plans selected and labelled, steps with money and checks, reasons, unknowns, questions.

Every number in a sentence is the number in the data.
"""
