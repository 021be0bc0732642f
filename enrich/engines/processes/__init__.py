"""
Links asked by workers, each whole hosts; entries judged there, too, where that is wanted.

    places     which worker asks which host: always one          messages   what they tell each other
    web        the source that deals the questions out           hands      all of the workers, as one
    hand       one of them, from where it is told what to do     serving    what it does
    sharing    how many there are, and what each may have in flight       lines    what one is reached by

The driver keeps the cache, the files and the APIs. A worker has lanes, guard and connections
of its own, and whole hosts: a redirect to a host of another is carried there.

Here a worker is a process of this machine: `starting` starts it, `pipes` is the line to it,
`child` the process itself. `enrich.engines.dask` reaches others.
"""
