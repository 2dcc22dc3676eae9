"""What members intend: one public method is one intention and one transaction."""
