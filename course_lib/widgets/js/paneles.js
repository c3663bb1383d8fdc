// Los paneles de siempre: la imagen con su ventana, los productos y el mapa.
import { numero, tinta } from "./color.js";
import { Lienzo, NARANJA, celdas, colorDe, crear, marco, rayado, texto } from "./dibujo.js";
import { sobrantes, tramo } from "./geometria.js";
import { figura, origenMapa } from "./figura.js";
import { bloque } from "./panel_pooling.js";

/** Dónde empieza la imagen (sin padding) para que el conjunto quede centrado. */
function origen(e) {
  const [alto, ancho] = e.imagen.forma, [[arriba, abajo], [izq, der]] = e.bordes;
  const margen = (n) => (e.lado - n * e.celda) / 2;
  return [margen(ancho + izq + der) + izq * e.celda, margen(alto + arriba + abajo) + arriba * e.celda];
}

export function panelImagen({ lado, alPosar }) {
  const lienzo = new Lienzo(lado, lado, "Imagen con la ventana del kernel");
  let pintado = [];
  const panel = figura("imagen y ventana", lienzo, (e, tema) => {
    // Mover el bias o la activación no cambia nada aquí: se ahorra medio fotograma.
    const claves = [e.imagen, e.ejes, e.posicion, e.canal, e.error, e.celda, tema.fondo, window.devicePixelRatio];
    if (claves.every((c, i) => Object.is(c, pintado[i]))) return;
    pintado = claves;
    const ctx = lienzo.empezar(), [x, y] = origen(e);
    anillo(ctx, e, x, y, tema);
    const enColor = e.imagen.forma[2] === 3;
    const c = enColor ? "color" : e.canal;
    celdas(ctx, e.imagen, { x, y, celda: e.celda, c, escala: e.escalaImagen, tema });
    if (!e.ejes || e.error) return;
    sobras(ctx, e, x, y);
    ventana(ctx, e, x, y);
  });
  alPosar(lienzo, (e, px, py) => {
    if (!e.ejes) return null;
    const [x, y] = origen(e), [v, h] = e.ejes;
    const centrada = (eje, p) => Math.round((p / e.celda - (eje.k - 1) * eje.d / 2 - 0.5 + eje.bordes[0]) / eje.s);
    return [centrada(v, py - y), centrada(h, px - x)];
  });
  return panel;
}

/** Los píxeles del padding, a la vista: rayados y con su cero. */
function anillo(ctx, e, x, y, tema) {
  const [alto, ancho] = e.imagen.forma, [[arriba, abajo], [izq, der]] = e.bordes, s = e.celda;
  if (!(arriba + abajo + izq + der)) return;
  const x0 = x - izq * s, y0 = y - arriba * s;
  rayado(ctx, x0, y0, (ancho + izq + der) * s, (alto + arriba + abajo) * s, tema.linea, tema.suave);
  if (s < 19) return;
  for (let fila = -arriba; fila < alto + abajo; fila++) {
    for (let col = -izq; col < ancho + der; col++) {
      const dentro = fila >= 0 && fila < alto && col >= 0 && col < ancho;
      if (dentro) continue;
      ctx.strokeStyle = tema.linea;
      ctx.lineWidth = 1;
      ctx.strokeRect(x + col * s, y + fila * s, s, s);
      texto(ctx, "0", x + (col + 0.5) * s, y + (fila + 0.5) * s, s, tema.tinta);
    }
  }
}

/** Lo que ninguna ventana ve, y la ventana que no cabe. */
function sobras(ctx, e, x, y) {
  const [v, h] = e.ejes, [alto, ancho] = e.imagen.forma, s = e.celda;
  const [abajo, derecha] = [sobrantes(v), sobrantes(h)];
  const finX = x + (ancho + h.bordes[1]) * s, finY = y + (alto + v.bordes[1]) * s;
  const inicioX = x - h.bordes[0] * s, inicioY = y - v.bordes[0] * s;
  rayado(ctx, inicioX, finY - abajo * s, finX - inicioX, abajo * s, NARANJA, null, 6);
  rayado(ctx, finX - derecha * s, inicioY, derecha * s, finY - inicioY - abajo * s, NARANJA, null, 6);
  const [columnaPasada] = tramo(h, h.salida), [filaPasada] = tramo(v, v.salida);
  ctx.save();
  ctx.setLineDash([5, 4]);
  ctx.strokeStyle = NARANJA;
  ctx.lineWidth = 2.5;
  if (derecha) abierta(ctx, x + columnaPasada * s, inicioY, finX, inicioY + alcanceDe(v) * s, true);
  if (abajo) abierta(ctx, inicioX, y + filaPasada * s, inicioX + alcanceDe(h) * s, finY, false);
  ctx.restore();
}

const alcanceDe = (eje) => eje.d * (eje.k - 1) + 1;

/** Un marco al que le falta el lado por el que se sale. */
function abierta(ctx, x0, y0, x1, y1, porLaDerecha) {
  ctx.beginPath();
  ctx.moveTo(x1, y0);
  ctx.lineTo(x0, y0);
  if (porLaDerecha) {
    ctx.lineTo(x0, y1);
    ctx.lineTo(x1, y1);
  } else {
    ctx.moveTo(x0, y1);
    ctx.lineTo(x0, y0);
    ctx.lineTo(x1, y0);
    ctx.lineTo(x1, y1);
  }
  ctx.stroke();
}

function ventana(ctx, e, x, y) {
  const [v, h] = e.ejes, s = e.celda;
  const [y0] = tramo(v, e.fila), [x0] = tramo(h, e.columna);
  if (v.d > 1 || h.d > 1) {
    for (const t of e.ventana()) marco(ctx, x + t.x * s + 2, y + t.y * s + 2, s - 4, s - 4, 1.5);
  }
  marco(ctx, x + x0 * s, y + y0 * s, alcanceDe(h) * s, alcanceDe(v) * s, s < 6 ? 2 : 3.5);
}

export function panelProductos({ lado }) {
  const lienzo = new Lienzo(lado, lado, "Productos de la ventana");
  return figura("peso × píxel", lienzo, (e, tema) => {
    const ctx = lienzo.empezar(), [kh, kw] = e.kernel.forma, s = lado / Math.max(kh, kw);
    const vistos = e.error ? [] : e.ventana();
    // La escala es la del kernel sobre toda la imagen: el mismo color dice siempre lo mismo.
    const limite = e.limiteProductos();
    const [x, y] = [(lado - kw * s) / 2, (lado - kh * s) / 2];
    for (const { i, j, peso, pixel, fuera } of vistos) {
      const color = colorDe(peso * pixel, { limite }), cx = x + j * s, cy = y + i * s;
      ctx.fillStyle = `rgb(${color})`;
      ctx.fillRect(cx, cy, s, s);
      if (fuera) rayado(ctx, cx, cy, s, s, tinta(color) === "#000" ? "#0004" : "#fff6", null);
      ctx.strokeStyle = tema.linea;
      ctx.strokeRect(cx, cy, s, s);
      const resultado = numero(peso * pixel, limite);
      if (s >= 54) {
        texto(ctx, `${numero(peso)} × ${numero(pixel)}`, cx + s / 2, cy + s * 0.3, s, tinta(color), 13);
        texto(ctx, `= ${resultado}`, cx + s / 2, cy + s * 0.68, s, tinta(color), 16, "600");
      } else if (s >= 19) texto(ctx, resultado, cx + s / 2, cy + s / 2, s, tinta(color), 14);
    }
  });
}

export function panelMapa({ lado, alPosar, teclas }) {
  const lienzo = new Lienzo(lado, lado, "");
  let pintado = [];
  const panel = figura("mapa", lienzo, (e, tema) => {
    const claves = [e.salida, e.ejes, e.error, e.filtro, e.limite, e.celda, e.posicion, e.agrupada,
      e.model.get("revelar"), tema.fondo, window.devicePixelRatio];
    if (claves.every((c, i) => Object.is(c, pintado[i]))) return;
    pintado = claves;
    const ctx = lienzo.empezar();
    panel.rotulo.textContent = tituloDelMapa(e);
    lienzo.el.setAttribute("aria-label", `Mapa. Con las flechas se mueve la ventana. ${e.frase()}`);
    if (!e.salida) return;
    const [x, y] = origenMapa(e, e.salida);
    celdas(ctx, e.salida, { x, y, celda: e.celda, c: e.filtro, escala: { limite: e.limite }, tema });
    if (e.model.get("revelar")) tapar(ctx, e, x, y, tema);
    bloque(ctx, e, x, y);
    marco(ctx, x + e.columna * e.celda, y + e.fila * e.celda, e.celda, e.celda, e.celda < 6 ? 2 : 3.5);
  });
  lienzo.el.tabIndex = 0;
  lienzo.el.setAttribute("role", "application");
  lienzo.el.addEventListener("keydown", teclas);
  alPosar(lienzo, (e, px, py) => {
    if (!e.salida) return null;
    const [x, y] = origenMapa(e, e.salida);
    return [Math.floor((py - y) / e.celda), Math.floor((px - x) / e.celda)];
  });
  return panel;
}

function tituloDelMapa(e) {
  const medida = e.salida ? ` ${e.salida.forma[0]}×${e.salida.forma[1]}` : "";
  const cual = e.salida?.forma[2] > 1 ? ` del filtro ${e.filtro}` : "";
  return `${e.ajeno ? "tu mapa" : "mapa"}${cual}${medida}`;
}

/** Lo que la ventana aún no ha visitado. */
function tapar(ctx, e, x, y, tema) {
  const [alto, ancho] = e.salida.forma, s = e.celda;
  const resto = (ancho - e.columna - 1) * s;
  const pintar = (...caja) => rayado(ctx, ...caja, tema.linea, tema.fondo);
  pintar(x + (e.columna + 1) * s, y + e.fila * s, resto, s);
  pintar(x, y + (e.fila + 1) * s, ancho * s, (alto - e.fila - 1) * s);
}
