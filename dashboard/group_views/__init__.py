"""Parts of the network page: the list of groups, the matrix of one group, its pairs."""
