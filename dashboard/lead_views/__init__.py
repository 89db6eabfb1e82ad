"""Parts of the page of outside leads, and of the page of a lead that came from outside."""
