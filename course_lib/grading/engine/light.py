"""Arranca sin lo que nadie usa: importarlo antes que `nbformat` ahorra medio segundo por proceso.

`jsonschema`, que `nbformat` importa, construye al importarse una gramática entera para validar
direcciones IRI; ningún cuaderno lleva ninguna, y sin ella simplemente no las valida.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
