"""Parts of the pages of packets, leads and cases."""
