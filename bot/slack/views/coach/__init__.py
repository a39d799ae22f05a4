"""What `/coach` opens: pages to look at and choose from, and forms that change something.

Each is a pure function of a `Desk` and a `Kept`.
"""
