// Lo que se dice con palabras: el estado actual, la cuenta de la ventana y el tamaño de la salida.
import { numero } from "./color.js";
import { sobrantes } from "./geometria.js";

const SITIO_PARA_TERMINOS = 9;

/** Cuatro cifras, con el menos tipográfico y sin el ruido de la última; como wording.number. */
export function corto(v) {
  const limpio = Math.round(v * 1e9) / 1e9 || 0;
  const redondo = Math.abs(limpio) < 1000 ? limpio.toPrecision(4) : limpio.toFixed(1);
  return String(Number(redondo)).replace("-", "−");
}

const igual = (v) => (Math.abs(Number(corto(v).replace("−", "-")) - v) < 1e-9 ? "=" : "≈");

/** Una frase que basta para seguir el explorador sin verlo. */
export function frase(e) {
  const aviso = e.model.get("aviso");
  if (aviso) return aviso;
  if (e.model.get("historia")) return fraseDeEpoca(e);
  if (e.pila) return fraseDelCampo(e);
  if (e.error) return e.error;
  if (!e.salida) return "Todavía no hay mapa.";
  if (e.ajeno) {
    return `Tu función da ${corto(e.valor())} en la fila ${e.fila}, columna ${e.columna} del mapa.`;
  }
  if (e.agrupada && e.model.get("paneles").includes("pooling")) return fraseDelPooling(e);
  const [v, h] = e.ejes, filtro = e.salida.forma[2] > 1 ? ` con el filtro ${e.filtro}` : "";
  const [y, x] = [e.fila * v.s - v.bordes[0], e.columna * h.s - h.bordes[0]];
  const inicio = `fila ${corto(y)}, columna ${corto(x)}`;
  const suma = corto(e.valor(e.suma)), final = corto(e.valor());
  const activada = e.activation ? `; después de ${e.activation}, ${final}` : "";
  const bias = e.biasDe(e.filtro) ? ", con el bias," : "";
  return `Posición ${e.posicion + 1} de ${e.total}: la ventana empieza en la ${inicio}, y su suma ` +
    `ponderada${filtro}${bias} es ${suma}${activada}.`;
}

function fraseDelCampo({ pila, regiones, fila, columna }) {
  if (pila.ejes.length < pila.pedidas) {
    return `La capa ${pila.ejes.length + 1} no cabe: el mapa ya es de ${pila.tamano.join("×")}. ` +
      "Usa una imagen mayor o menos capas.";
  }
  const [[a, b], [c, d]] = regiones[0];
  return `El píxel de la fila ${fila}, columna ${columna} de la capa ${pila.ejes.length} ve ` +
    `${b - a + 1}×${d - c + 1} píxeles de la imagen: filas de ${corto(a)} a ${corto(b)} y columnas ` +
    `de ${corto(c)} a ${corto(d)}.`;
}

function fraseDelPooling(e) {
  const { pool_size: p, agrupada: { forma: [alto, ancho, filtros], datos } } = e;
  const [y, x] = [Math.floor(e.fila / p), Math.floor(e.columna / p)];
  const principio = `En la fila ${e.fila}, columna ${e.columna} el mapa vale ${corto(e.valor())}. `;
  if (y >= alto || x >= ancho) return `${principio}Ninguna ventana de ${p}×${p} que quepa entera pasa por ahí.`;
  const resumen = corto(datos[(y * ancho + x) * filtros + e.filtro]);
  return `${principio}Su ventana de ${p}×${p} da la casilla (${y}, ${x}): ` +
    `${e.pooling === "max" ? "el máximo" : "la media"}, ${resumen}.`;
}

function fraseDeEpoca(e) {
  const epoca = e.model.get("epoca"), perdida = e.model.get("perdidas")?.[epoca];
  const cola = perdida === undefined ? "" : ` La pérdida es ${corto(perdida)}.`;
  return `Época ${epoca} de ${e.model.get("historia").forma[0] - 1}.${cola}`;
}

/** «relu(1·1 + 0·1 + … + 0.5) = 4.5», con los números de la ventana actual. */
export function cuenta(e) {
  if (e.error || !e.suma || e.ajeno) return "";
  const canales = e.imagen.forma[2], sumandos = canales > 1 ? porCanal(e, canales) : porPixel(e);
  const bias = e.biasDe(e.filtro);
  const dentro = [...sumandos, ...(bias ? [entreParentesis(bias)] : [])].join(" + ");
  const resultado = corto(e.valor());
  const suma = e.valor(e.suma), signo = igual(suma);
  return e.activation
    ? `${e.activation}(${dentro}) ${signo} ${e.activation}(${corto(suma)}) ${igual(e.valor())} ${resultado}`
    : `${dentro} ${signo} ${resultado}`;
}

const entreParentesis = (v) => (v < 0 ? `(${numero(v)})` : numero(v));

function porPixel(e) {
  const terminos = e.ventana().map((t) => `${entreParentesis(t.peso)}·${entreParentesis(t.pixel)}`);
  if (terminos.length <= SITIO_PARA_TERMINOS) return terminos;
  return [...terminos.slice(0, 4), "…", ...terminos.slice(-2)];
}

function porCanal(e, canales) {
  const sumas = Array.from({ length: canales }, (_, c) =>
    entreParentesis(e.ventana(c).reduce((total, t) => total + t.peso * t.pixel, 0)));
  return sumas.length <= SITIO_PARA_TERMINOS ? sumas : [...sumas.slice(0, 4), "…", ...sumas.slice(-2)];
}

/** La fórmula del tamaño con los números actuales, un eje por línea. */
export function tamano(e) {
  if (e.pila) return tamanoDelCampo(e.pila);
  if (!e.ejes) return e.error ? [e.error] : [];
  const lineas = e.ejes.map((eje, i) => {
    const { n, k, s, d, bordes: [antes, despues], salida } = eje, resto = sobrantes(eje);
    const sobra = resto ? ` (sobra${resto > 1 ? "n" : ""} ${resto})` : "";
    return `${["alto", "ancho"][i]} = ⌊(${n} + ${antes} + ${despues} − ${d}·(${k} − 1) − 1) / ${s}⌋ + 1` +
      ` = ${salida}${sobra}`;
  });
  if (e.agrupada) {
    const [alto, ancho] = e.agrupada.forma, p = e.pool_size;
    lineas.push(`pooling ${p}×${p}: de ${e.salida.forma.slice(0, 2).join("×")} a ${alto}×${ancho}`);
  }
  return lineas;
}

/** «1 + (3 − 1)·1 + (3 − 1)·2 = 7»: cada capa añade su kernel por los pasos de las anteriores. */
function tamanoDelCampo({ ejes }) {
  let salto = 1, campo = 1;
  const terminos = ejes.map(([v]) => {
    const termino = `${v.d > 1 ? `${v.d}·` : ""}(${v.k} − 1)·${salto}`;
    campo += v.d * (v.k - 1) * salto;
    salto *= v.s;
    return termino;
  });
  return [`campo receptivo = ${["1", ...terminos].join(" + ")} = ${campo}`,
    `un paso en el mapa = ${salto} píxel${salto > 1 ? "es" : ""} de la imagen`];
}
