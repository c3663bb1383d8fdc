"""Lo que usa quien da el curso: publicar, calificar y comprobar ejercicios (extra `docente`)."""
