"""Lists: many profiles through the same door and the same method as one."""
