"""What a person typed, pressed or submitted, as one use case each."""
