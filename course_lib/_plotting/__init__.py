"""Las piezas de `course_lib.plotting`; los cuadernos importan `plotting`."""
