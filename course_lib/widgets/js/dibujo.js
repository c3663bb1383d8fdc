// Trazos comunes: un lienzo nítido a cualquier zoom, celdas, números, ventanas y padding.
import { conSigno, numero, pintarCanal, pintarColor, tinta } from "./color.js";

export const AMARILLO = "#ffd400";
export const NARANJA = "#d55e00";

export function crear(etiqueta, clase, atributos = {}, ...hijos) {
  const el = document.createElement(etiqueta);
  if (clase) el.className = clase;
  for (const [nombre, valor] of Object.entries(atributos)) el.setAttribute(nombre, valor);
  el.append(...hijos);
  return el;
}

// Sitio alrededor del dibujo para que un marco en el borde se vea entero.
const MARGEN = 4;

/** Un canvas de tamaño fijo en la página: al cambiar lo pintado, nada se mueve de sitio. */
export class Lienzo {
  constructor(ancho, alto, nombre) {
    this.el = crear("canvas", "exp-lienzo", { role: "img", "aria-label": nombre });
    this.medir(ancho, alto);
    this.ctx = this.el.getContext("2d");
  }

  medir(ancho, alto) {
    this.ancho = ancho;
    this.alto = alto;
    this.el.style.aspectRatio = `${ancho + 2 * MARGEN} / ${alto + 2 * MARGEN}`;
    this.el.style.width = `${ancho + 2 * MARGEN}px`;
  }

  empezar() {
    const zoom = Math.max(1, window.devicePixelRatio || 1);
    const [w, h] = [this.ancho, this.alto].map((n) => Math.round((n + 2 * MARGEN) * zoom));
    if (this.el.width !== w || this.el.height !== h) {
      this.el.width = w;
      this.el.height = h;
    }
    this.ctx.setTransform(zoom, 0, 0, zoom, MARGEN * zoom, MARGEN * zoom);
    this.ctx.clearRect(-MARGEN, -MARGEN, this.ancho + 2 * MARGEN, this.alto + 2 * MARGEN);
    return this.ctx;
  }

  /** Coordenadas del puntero en píxeles del dibujo. */
  punto(evento) {
    const caja = this.el.getBoundingClientRect();
    const escala = (this.ancho + 2 * MARGEN) / caja.width;
    return [evento.clientX - caja.left, evento.clientY - caja.top].map((p) => p * escala - MARGEN);
  }
}

/** El tensor, un píxel por celda, en un canvas oculto que se guarda con su sitio en el dibujo. */
const guardados = new WeakMap();
function trama(ctx, sitio, tensor, c, escala) {
  const clave = `${escala.limite ?? ""}:${escala.negro ?? ""}:${escala.blanco ?? ""}`;
  if (!guardados.has(ctx)) guardados.set(ctx, new Map());
  const suyos = guardados.get(ctx), antes = suyos.get(sitio), [alto, ancho] = tensor.forma;
  if (antes && antes.tensor === tensor && antes.clave === clave) return antes.canvas;
  // Crear un canvas en cada fotograma costaría más que pintarlo.
  const sirve = antes && antes.canvas.width === ancho && antes.canvas.height === alto;
  const canvas = sirve ? antes.canvas : document.createElement("canvas");
  if (!sirve) [canvas.width, canvas.height] = [ancho, alto];
  const propio = canvas.getContext("2d");
  const imagen = sirve ? antes.imagen : propio.createImageData(ancho, alto);
  if (c === "color") pintarColor(imagen.data, tensor, escala);
  else pintarCanal(imagen.data, tensor, c, escala);
  propio.putImageData(imagen, 0, 0);
  suyos.set(sitio, { tensor, clave, canvas, imagen });
  return canvas;
}

/** Pinta un canal (o "color") con celdas de `celda` píxeles, y los números si caben. */
export function celdas(ctx, tensor, { x, y, celda, c = 0, escala, numeros = true, tema }) {
  const [alto, ancho] = tensor.forma;
  ctx.imageSmoothingEnabled = celda < 1;
  ctx.drawImage(trama(ctx, `${c}:${Math.round(x)},${Math.round(y)}`, tensor, c, escala), x, y, ancho * celda, alto * celda);
  if (celda >= 9) rejilla(ctx, x, y, alto, ancho, celda, tema);
  if (numeros && c !== "color" && celda >= 19) escribir(ctx, tensor, { x, y, celda, c, escala });
}

function rejilla(ctx, x, y, alto, ancho, celda, tema) {
  ctx.beginPath();
  for (let i = 0; i <= alto; i++) trazo(ctx, x, y + i * celda, x + ancho * celda, y + i * celda);
  for (let j = 0; j <= ancho; j++) trazo(ctx, x + j * celda, y, x + j * celda, y + alto * celda);
  ctx.strokeStyle = tema?.linea ?? "#8a93a0";
  ctx.lineWidth = 1;
  ctx.stroke();
}

const trazo = (ctx, x0, y0, x1, y1) => {
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
};

export function colorDe(valor, escala) {
  if (escala.limite) return conSigno(valor, escala.limite);
  const g = (255 * (valor - escala.negro)) / (escala.blanco - escala.negro);
  return [g, g, g];
}

function escribir(ctx, { forma: [alto, ancho, canales], datos }, { x, y, celda, c, escala }) {
  let mayor = 0;
  for (let i = c; i < datos.length; i += canales) mayor = Math.max(mayor, Math.abs(datos[i]));
  const valores = Array.from({ length: alto * ancho }, (_, i) => datos[i * canales + c]);
  const frases = valores.map((v) => numero(v, mayor));
  // El más largo manda: todos del mismo cuerpo, o ninguno.
  const cuerpo = (celda * 1.55) / Math.max(...frases.map((f) => f.length));
  frases.forEach((frase, i) => {
    const cx = x + ((i % ancho) + 0.5) * celda, cy = y + (Math.floor(i / ancho) + 0.5) * celda;
    texto(ctx, frase, cx, cy, celda, tinta(colorDe(valores[i], escala)), Math.min(15, cuerpo));
  });
}

/** Un texto centrado que nunca se sale de su celda; si no se leería, no se escribe. */
export function texto(ctx, frase, x, y, ancho, color, cuerpo = 15, grosor = "") {
  const tamano = Math.min(cuerpo, ancho * 0.55, (ancho * 1.55) / Math.max(1, frase.length));
  if (tamano < 7) return;
  ctx.font = `${grosor} ${tamano}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = color;
  ctx.fillText(frase, x, y + tamano * 0.06);
}

/** Marco amarillo con borde negro: se distingue sobre cualquier color. */
export function marco(ctx, x, y, ancho, alto, grosor = 3) {
  // Lo muy pequeño se rodea por fuera, para no taparlo.
  const aire = Math.max(0, (10 - Math.min(ancho, alto)) / 2);
  [x, y, ancho, alto] = [x - aire, y - aire, ancho + 2 * aire, alto + 2 * aire];
  ctx.lineJoin = "miter";
  for (const [color, w] of [["#000", grosor + 2], [AMARILLO, grosor]]) {
    ctx.strokeStyle = color;
    ctx.lineWidth = w;
    ctx.strokeRect(x, y, ancho, alto);
  }
}

/** Rayas en diagonal: lo que no es un píxel de verdad. */
export function rayado(ctx, x, y, ancho, alto, color, fondo, paso = 7) {
  if (ancho <= 0 || alto <= 0) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, ancho, alto);
  ctx.clip();
  if (fondo) {
    ctx.fillStyle = fondo;
    ctx.fillRect(x, y, ancho, alto);
  }
  ctx.beginPath();
  for (let d = -alto; d < ancho; d += paso) trazo(ctx, x + d, y + alto, x + d + alto, y);
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  ctx.restore();
}
