"""The pages: each file is one screen, run by the navigation; pages import no pages."""
