"""Kudos as they are told and counted; `bot.services.requests` gives them."""
