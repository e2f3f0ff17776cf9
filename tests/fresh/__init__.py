"""README's commands on a clean Debian, by somebody without rights: `make fresh`.

`__main__.py` keeps a folder and a namespace for it, `inside.py` makes the Debian in there and does
what README says, `registries.py` lets it reach the packages that this machine reaches, `steps.py`
says what takes how long. The standard library is all that it needs.
"""
