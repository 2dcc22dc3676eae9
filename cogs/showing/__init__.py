"""What all areas show alike: sentences, figures, instants, and what stays within Discord's limits."""
