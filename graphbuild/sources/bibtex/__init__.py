"""Read BibTeX and BibLaTeX, also that of dblp."""
