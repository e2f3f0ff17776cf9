"""Demo scripts: what tours, pictures and checks follow, written by people in `app/demos`.

``shipped`` (finds and reads them), ``mistakes`` (what is wrong, in words for their author),
``yaml_lines`` (YAML, and the line of each of its values).
"""
