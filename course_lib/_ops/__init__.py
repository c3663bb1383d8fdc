"""Las piezas de `course_lib.ops`, una por operación; los cuadernos importan `ops`."""
