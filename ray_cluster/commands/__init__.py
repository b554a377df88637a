"""What the commands do, one file each; those are imported once their command is chosen, for their imports are heavy."""
