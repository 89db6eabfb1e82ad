"""Pages of packets, leads and cases."""
