// Colores y números como los de course_lib.plotting: centrados en cero y aptos para daltónicos.

// 33 puntos de «coolwarm»: azul negativo, gris cero, rojo positivo.
const PUNTOS = [
  59,76,192, 68,90,204, 78,104,216, 88,117,225, 98,130,234, 108,143,241, 119,154,247, 130,166,251,
  141,176,254, 152,185,255, 163,194,254, 174,201,252, 185,208,249, 195,213,244, 204,217,237,
  213,219,229, 221,220,220, 229,216,209, 236,211,197, 241,204,184, 245,196,172, 247,186,159,
  247,176,147, 246,165,134, 244,152,122, 240,139,110, 235,125,98, 228,110,86, 221,95,75, 212,78,65,
  202,59,55, 190,36,46, 180,4,38,
];
const NIVELES = 512;
const TABLA = Uint8ClampedArray.from({ length: 3 * (NIVELES + 1) }, (_, i) => {
  const x = (Math.floor(i / 3) / NIVELES) * 32, p = Math.min(Math.floor(x), 31), c = i % 3;
  return PUNTOS[3 * p + c] + (x - p) * (PUNTOS[3 * p + 3 + c] - PUNTOS[3 * p + c]);
});

/** [r, g, b] de un valor entre −límite y límite. */
export function conSigno(valor, limite) {
  const nivel = 3 * Math.round(((Math.max(-1, Math.min(1, valor / limite)) + 1) / 2) * NIVELES);
  return [TABLA[nivel], TABLA[nivel + 1], TABLA[nivel + 2]];
}

/** Negro o blanco, lo que más contraste con el color. */
export function tinta([r, g, b]) {
  const lineal = (v) => (v <= 10.31 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luz = 0.2126 * lineal(r) + 0.7152 * lineal(g) + 0.0722 * lineal(b);
  return (luz + 0.05) / 0.05 >= 1.05 / (luz + 0.05) ? "#000" : "#fff";
}

/** Pinta un canal en RGBA: con signo (`limite`) o en gris (`negro`, `blanco`). */
export function pintarCanal(pixeles, { forma, datos }, c, escala) {
  const canales = forma[2], total = forma[0] * forma[1];
  const mitad = NIVELES / 2, factor = escala.limite ? mitad / escala.limite : 0;
  const gris = 255 / (escala.blanco - escala.negro);
  for (let i = 0, j = c, p = 0; i < total; i++, j += canales, p += 4) {
    if (factor) {
      const v = Math.max(0, Math.min(NIVELES, datos[j] * factor + mitad));
      const nivel = 3 * ((v + 0.5) | 0);
      pixeles[p] = TABLA[nivel];
      pixeles[p + 1] = TABLA[nivel + 1];
      pixeles[p + 2] = TABLA[nivel + 2];
    } else {
      pixeles[p] = pixeles[p + 1] = pixeles[p + 2] = (datos[j] - escala.negro) * gris;
    }
    pixeles[p + 3] = 255;
  }
}

/** Los tres canales de una foto en color, de 0 a 1. */
export function pintarColor(pixeles, { datos }, { negro, blanco }) {
  const factor = 255 / (blanco - negro);
  for (let i = 0, p = 0; i < datos.length; i += 3, p += 4) {
    for (let c = 0; c < 3; c++) pixeles[p + c] = (datos[i + c] - negro) * factor;
    pixeles[p + 3] = 255;
  }
}

/** Un número corto, con los decimales que pide `escala` y el signo menos tipográfico. */
export function numero(valor, escala = Math.abs(valor)) {
  const redondo = Math.round(valor);
  let texto;
  if (Math.abs(valor - redondo) <= 1e-9 * Math.min(escala, 1)) {
    texto = Math.abs(valor) < 1e6 ? redondo.toFixed(0) : valor.toPrecision(3);
  } else if (escala < 0.0005) {
    texto = valor.toExponential(1);
  } else {
    const umbrales = [1000, 100, 0.5, 0.05, 0.005, 0.0005];
    const decimales = umbrales.findIndex((u) => escala >= u);
    texto = valor.toFixed(decimales);
    if (decimales) texto = texto.replace(/\.?0+$/, "");
    if (/^-?0$/.test(texto)) return "≈0";
  }
  return texto === "-0" ? "0" : texto.replace("-", "−");
}
