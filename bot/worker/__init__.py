"""The worker: what would hold up answers is done beside the bot."""
