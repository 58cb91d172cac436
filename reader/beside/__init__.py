"""What is done beside the screen, so that no key waits for it."""
