"""Las piezas de `course_lib.layers`; los cuadernos importan `layers`."""
