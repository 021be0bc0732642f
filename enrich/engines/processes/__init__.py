"""
Links asked from processes of their own, so that reading them does not wait for judging entries.

    places     which process asks which host: always one        messages   what the processes tell each other
    web        the source that deals the questions out           hands      all of the processes, as one
    hand       one of them, from where it is told what to do     child      what it does
    sharing    how many there are, and what each may have in flight       starting    how one is started

The driver keeps the cache, the files and the APIs. A process has lanes, guard and connections
of its own, and whole hosts: a redirect to a host of another is carried there.
"""
