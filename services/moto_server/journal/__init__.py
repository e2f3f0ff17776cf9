"""What is on disk, and how it becomes Moto's memory again.

Writing: ``journal``, ``record``, ``framing``, ``layout`` (names of files), ``disk`` (the only place
that touches them), ``compaction`` and ``snapshot``, ``privacy``. Starting: ``recovery``, ``repair``
(flipped bits), ``replay``.
"""
