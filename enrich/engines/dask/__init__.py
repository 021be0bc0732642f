"""
Links asked, and entries judged, by the workers of a Dask cluster.

    opening     the cluster reached or started, and its workers made hands
    cluster     Dask's client: all that knows it, and all that is untyped
    line        one worker as a line of messages           service     what runs in the worker
    keeping     credentials stay with the driver                extra   whether Dask is installed

All else is that of `enrich.engines.processes`: which worker asks which host, what is told, and
what becomes of questions whose worker has ended.

Workers are called past Dask's scheduler of tasks, by `Client.run`: it may move a task to any
worker and run it twice, and a host is asked from one place.
"""
