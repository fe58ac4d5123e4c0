"""Use cases: answer a profile, keep the answer, look things up. Transactions begin and commit here, nowhere else."""
