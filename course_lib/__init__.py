"""Lo que importan los cuadernos del curso de capas convolucionales."""
