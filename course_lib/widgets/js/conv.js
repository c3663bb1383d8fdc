// La aritmética de las capas, en arrays con tipo y con los canales al final.
import { dentro, ventanas } from "./geometria.js";

const SELU = [1.6732632423543772, 1.0507009873554805];

export const ACTIVACIONES = {
  relu: (x) => Math.max(x, 0),
  leaky_relu: (x, pendiente = 0.01) => (x >= 0 ? x : pendiente * x),
  elu: (x, alfa = 1) => (x > 0 ? x : alfa * Math.expm1(x)),
  selu: (x) => SELU[1] * (x > 0 ? x : SELU[0] * Math.expm1(x)),
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  tanh: Math.tanh,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** Un array con su forma: imagen [alto, ancho, canales] o kernel [kh, kw, entran, salen]. */
export const tensor = (forma, datos) =>
  ({ forma, datos: datos ?? new Float64Array(forma.reduce((a, b) => a * b, 1)) });

export const comoImagen = ({ forma, datos }) => tensor([forma[0], forma[1], forma[2] ?? 1], datos);

export const comoKernel = ({ forma, datos }) =>
  tensor([forma[0], forma[1], forma[2] ?? 1, forma[3] ?? 1], datos);

/** Suma en `mapa`, canal `f`, la imagen del canal `c` por un solo peso, desplazada a su sitio. */
function acumular(mapa, f, imagen, c, peso, [vertical, horizontal], i, j) {
  const [, ancho, canales] = imagen.forma, [, anchoMapa, salen] = mapa.forma;
  const [fila0, fila1] = dentro(vertical, i), [col0, col1] = dentro(horizontal, j);
  const pasoX = horizontal.s * canales;
  for (let fila = fila0; fila <= fila1; fila++) {
    const y = fila * vertical.s + i * vertical.d - vertical.bordes[0];
    let x = (y * ancho + col0 * horizontal.s + j * horizontal.d - horizontal.bordes[0]) * canales + c;
    let destino = (fila * anchoMapa + col0) * salen + f;
    for (let col = col0; col <= col1; col++, x += pasoX, destino += salen) {
      mapa.datos[destino] += imagen.datos[x] * peso;
    }
  }
}

/** conv2d como la de `ops`, sin girar el kernel; `null` si no cabe. El bias, uno por filtro. */
export function conv2d(imagen, kernel, opciones = {}) {
  const [alto, ancho] = imagen.forma, [kh, kw, porGrupo, salen] = kernel.forma;
  const ejes = ventanas([alto, ancho], [kh, kw], opciones);
  if (!ejes) return null;
  const mapa = tensor([ejes[0].salida, ejes[1].salida, salen]);
  const filtrosPorGrupo = salen / (opciones.groups ?? 1);
  for (let f = 0; f < salen; f++) {
    const primero = Math.floor(f / filtrosPorGrupo) * porGrupo;
    for (let t = 0; t < kh * kw * porGrupo; t++) {
      const c = t % porGrupo, j = Math.floor(t / porGrupo) % kw, i = Math.floor(t / porGrupo / kw);
      const peso = kernel.datos[t * salen + f];
      if (peso) acumular(mapa, f, imagen, primero + c, peso, ejes, i, j);
    }
  }
  sumarBias(mapa, opciones.bias ?? 0);
  return opciones.activation ? activar(mapa, opciones.activation) : mapa;
}

function sumarBias(mapa, bias) {
  const salen = mapa.forma[2], de = (f) => (Array.isArray(bias) ? bias[f] : bias);
  for (let f = 0; f < salen; f++) {
    const b = de(f);
    if (b) for (let i = f; i < mapa.datos.length; i += salen) mapa.datos[i] += b;
  }
}

export function activar(mapa, nombre, parametro) {
  const f = ACTIVACIONES[nombre];
  return f ? tensor(mapa.forma, mapa.datos.map((x) => f(x, parametro))) : mapa;
}

/** Pooling "max" o "avg"; el padding no cuenta nunca, salvo con `contarPadding` en la media. */
export function pool2d(imagen, tipo, tamano, opciones = {}) {
  const [alto, ancho, canales] = imagen.forma;
  const ejes = ventanas([alto, ancho], tamano, { ...opciones, stride: opciones.stride ?? tamano });
  if (!ejes) return null;
  const salida = tensor([ejes[0].salida, ejes[1].salida, canales]);
  let destino = 0;
  for (let fila = 0; fila < ejes[0].salida; fila++) {
    for (let col = 0; col < ejes[1].salida; col++) {
      for (let c = 0; c < canales; c++) {
        const vistos = enVentana(imagen, c, ejes, fila, col, opciones.contarPadding);
        salida.datos[destino++] = tipo === "max" ? vistos.maximo : vistos.suma / vistos.cuenta;
      }
    }
  }
  return salida;
}

function enVentana({ forma: [alto, ancho, canales], datos }, c, [v, h], fila, col, contarPadding) {
  let maximo = -Infinity, suma = 0, cuenta = 0;
  for (let i = 0; i < v.k; i++) {
    const y = fila * v.s + i * v.d - v.bordes[0];
    for (let j = 0; j < h.k; j++) {
      const x = col * h.s + j * h.d - h.bordes[0];
      if (y >= 0 && y < alto && x >= 0 && x < ancho) {
        const valor = datos[(y * ancho + x) * canales + c];
        if (valor > maximo) maximo = valor;
        suma += valor;
        cuenta++;
      } else if (contarPadding && y < alto + v.bordes[1] && x < ancho + h.bordes[1]) cuenta++;
    }
  }
  return { maximo, suma, cuenta };
}

/** Un solo canal, como imagen aparte. */
export function canal({ forma: [alto, ancho, canales], datos }, c) {
  if (canales === 1) return tensor([alto, ancho, 1], datos);
  const suyo = new Float64Array(alto * ancho);
  for (let i = 0; i < suyo.length; i++) suyo[i] = datos[i * canales + c];
  return tensor([alto, ancho, 1], suyo);
}

/** Los pesos de un filtro sobre un canal, como kernel aparte. */
export function pesos({ forma: [kh, kw, entran, salen], datos }, c, f) {
  const suyos = new Float64Array(kh * kw);
  for (let t = 0; t < suyos.length; t++) suyos[t] = datos[(t * entran + c) * salen + f];
  return tensor([kh, kw, 1, 1], suyos);
}

/** El mayor valor sin signo, para escalas centradas en cero. */
export function mayor(datos) {
  let m = 0;
  for (let i = 0; i < datos.length; i++) m = Math.max(m, Math.abs(datos[i]));
  return m;
}

/** [mínimo, máximo]. */
export function rango(datos) {
  let a = Infinity, b = -Infinity;
  for (let i = 0; i < datos.length; i++) {
    if (datos[i] < a) a = datos[i];
    if (datos[i] > b) b = datos[i];
  }
  return [a, b];
}
