"""What the clock starts: plan, deliver, prune; and the engine that runs them."""
