// El marco común de los paneles: un título, un dibujo y cómo se repinta.
import { crear } from "./dibujo.js";

/** Un panel es una figura con su título y una función que lo repinta. */
export function figura(titulo, lienzo, pintar) {
  const rotulo = crear("figcaption", "exp-rotulo", {}, titulo);
  return { el: crear("figure", "exp-panel", {}, rotulo, lienzo.el), lienzo, rotulo, pintar };
}

/** Dónde empieza un mapa para que quede centrado. */
export function origenMapa(e, { forma: [alto, ancho] }, celda = e.celda) {
  return [(e.lado - ancho * celda) / 2, (e.lado - alto * celda) / 2];
}
