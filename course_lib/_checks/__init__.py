"""Las piezas de `course_lib.checks`; los cuadernos importan `checks`."""
