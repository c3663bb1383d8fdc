"""Las piezas de `course_lib.images`; los cuadernos importan `images`."""
