"""What is drawn, as lines of styled runs: pure, without a terminal."""
