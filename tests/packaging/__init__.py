"""What a stranger installs: archives, the program in them, its manual and its completions."""
