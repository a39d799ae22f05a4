"""Installing the app in any workspace by OAuth: tokens, their keys, their renewal."""
