"""Parts of pages of packets and cases: tasks, files, limitation, links, assignment."""
