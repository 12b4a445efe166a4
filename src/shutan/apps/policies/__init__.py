"""One enterprise, one policy 一企一策: what an enterprise does about its own findings and position, agreed with the authority, followed up."""
