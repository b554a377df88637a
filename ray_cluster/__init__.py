"""Where and when: the command line, the driver that leases units, the workers that make them, and their commit."""
