"""
arXiv's metadata in one local file, so that identifiers and titles cost no request.

    reading    `Mirror`: a layer of what a run knows     titles     which papers may be called so
    importing  a snapshot, line by line                  updating   what has changed since, by OAI-PMH
    writing    a batch of papers, all or nothing         facts      how far it reaches, what is under way
    lines      a line of the snapshot, pure              pages      a page of OAI-PMH, pure
    papers     arXiv's own fields as a record, pure      authors    arXiv's line of authors, pure
    streams    the lines of any file                     opening    the database's file
"""
