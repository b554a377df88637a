"""What the commands do, one file each; imported only once their command is chosen, for their imports are heavy."""
