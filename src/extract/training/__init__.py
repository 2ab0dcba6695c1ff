"""Training the shipped names model, from open corpora to a packaged spaCy pipeline, and the weights."""
