"""The catalogue as web pages: static, without a network, readable without a script."""
