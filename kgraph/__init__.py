"""Knowledge graphs of international relations from news articles."""
