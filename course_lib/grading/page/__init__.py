"""La página del alumnado, por partes: qué contar, los dibujos, la lección y los textos."""
