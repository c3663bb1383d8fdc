"""El informe de la clase: qué notas hay, en qué se tropieza y qué conviene volver a explicar.

Nada se importa aquí: `write` trae Matplotlib, y calificar no debe esperarlo.
"""
