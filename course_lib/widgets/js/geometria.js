// Dónde cae cada ventana: tamaños, padding y posiciones. Las mismas reglas que course_lib.ops.

export const pareja = (v) => (Array.isArray(v) ? v : [v, v]);

export const alcance = (k, dilation) => dilation * (k - 1) + 1;

/** El padding de un eje como [antes, después]; en "same", el impar va después. */
export function extremos(padding, n, k, stride, dilation) {
  if (padding === "valid") return [0, 0];
  if (padding !== "same") return pareja(padding);
  const total = Math.max((Math.ceil(n / stride) - 1) * stride + alcance(k, dilation) - n, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** Cuántas ventanas caben en un eje; menos de 1 si ninguna. */
export function cuantas(n, k, stride, [antes, despues], dilation, haciaArriba = false) {
  const libre = n + antes + despues - alcance(k, dilation);
  if (!haciaArriba) return Math.floor(libre / stride) + 1;
  // Ninguna ventana empieza en el padding de después.
  return Math.min(Math.ceil(libre / stride), Math.floor((n + antes - 1) / stride)) + 1;
}

/** Las ventanas de un kernel [kh, kw] sobre una imagen [alto, ancho]; `null` si no cabe ninguna. */
export function ventanas(tamano, kernel, opciones) {
  const { padding = "valid", haciaArriba = false } = opciones;
  const stride = pareja(opciones.stride ?? 1), dilation = pareja(opciones.dilation ?? 1);
  const porEje = Array.isArray(padding) ? padding : [padding, padding];
  const ejes = [0, 1].map((e) => {
    const bordes = extremos(porEje[e], tamano[e], kernel[e], stride[e], dilation[e]);
    const salida = cuantas(tamano[e], kernel[e], stride[e], bordes, dilation[e], haciaArriba);
    return { n: tamano[e], k: kernel[e], s: stride[e], d: dilation[e], bordes, salida };
  });
  return ejes.every((e) => e.salida >= 1) ? ejes : null;
}

/** Salidas [primera, última] cuyo elemento `t` del kernel cae dentro de la imagen. */
export function dentro({ n, s, d, bordes, salida }, t) {
  const desplazado = t * d - bordes[0];
  const primera = Math.max(0, Math.ceil(-desplazado / s));
  return [primera, Math.min(salida - 1, Math.floor((n - 1 - desplazado) / s))];
}

/** Píxeles (también de fuera) que abarca una ventana: [primero, último]. */
export function tramo({ k, s, d, bordes }, salida) {
  const inicio = salida * s - bordes[0];
  return [inicio, inicio + alcance(k, d) - 1];
}

/** Píxeles de la imagen ampliada que ninguna ventana llega a ver, por el final del eje. */
export function sobrantes({ n, k, s, d, bordes, salida }) {
  return Math.max(0, n + bordes[0] + bordes[1] - ((salida - 1) * s + alcance(k, d)));
}

/** Región [primero, último] de la entrada que ven las salidas [a, b], capa a capa hacia atrás. */
export function campo(ejes, [a, b]) {
  const regiones = [[a, b]];
  for (const eje of [...ejes].reverse()) {
    const [[x, y]] = regiones;
    regiones.unshift([tramo(eje, x)[0], tramo(eje, y)[1]]);
  }
  return regiones;
}

/** Las capas que caben sobre una imagen, una encima de otra: sus ejes y el tamaño del final. */
export function apilar(tamano, capas) {
  const ejes = [];
  for (const { kernel, ...opciones } of capas) {
    const suyos = ventanas(tamano, pareja(kernel), opciones);
    if (!suyos) break;
    ejes.push(suyos);
    tamano = suyos.map((eje) => eje.salida);
  }
  return { ejes, tamano, pedidas: capas.length };
}

/** Lo que ven la imagen y cada capa para el píxel (fila, columna) de la última: [tramoV, tramoH]. */
export function regiones({ ejes }, fila, columna) {
  const de = (i, p) => campo(ejes.map((par) => par[i]), [p, p]);
  const [v, h] = [de(0, fila), de(1, columna)];
  return v.map((tramoV, i) => [tramoV, h[i]]);
}
